using System.ComponentModel;

namespace Denoised.LocalHost.Invocation;

/// <summary>Converts route values to parameter types.</summary>
internal static class RouteValue
{
    private static readonly Type[] supported = [typeof(string), typeof(int), typeof(long), typeof(bool), typeof(Guid)];

    /// <summary>Whether a parameter type, nullable or not, is supported.</summary>
    public static bool IsSupported(Type type) => supported.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>Converts a route value; returns null or the type's default if the route has no value.</summary>
    /// <exception cref="FormatException">The text is not a value of the type; the message quotes it.</exception>
    public static object? Read(string name, object? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null or "")
            return type.IsValueType && target == type ? Activator.CreateInstance(type) : null;
        var text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        if (target == typeof(string))
            return text;

        try
        {
            return TypeDescriptor.GetConverter(target).ConvertFromInvariantString(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            throw new FormatException($"The route's '{name}' is '{text}', which is no {target.Name}.", e);
        }
    }
}
