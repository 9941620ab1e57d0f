using System.ComponentModel;

namespace Denoised.LocalHost.Invocation;

/// <summary>Turns a value of the route into the type of the parameter of its name.</summary>
internal static class RouteValue
{
    private static readonly Type[] supported = [typeof(string), typeof(int), typeof(long), typeof(bool), typeof(Guid)];

    /// <summary>Whether a parameter may have this type, or be nullable of it.</summary>
    public static bool IsSupported(Type type) => supported.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The value as that type; null, or the type's default, where the route has none.</summary>
    /// <exception cref="FormatException">The text is no such value; the message quotes it.</exception>
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
