using System.Globalization;

namespace Denoised.Simulators;

/// <summary>Parses the <c>--name value</c> pairs after a command's name.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">An argument is not part of such a pair.</exception>
    public CommandLine(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 >= args.Count)
                throw new FormatException($"'{args[i]}' is not followed by a value, or is no option.");
            values[args[i][2..]] = args[i + 1];
        }
    }

    public string? Text(string name)
    {
        asked.Add(name);
        return values.GetValueOrDefault(name);
    }

    public int Int(string name, int fallback) => Parsed(name, fallback, static text => int.Parse(text, CultureInfo.InvariantCulture));

    public double Double(string name, double fallback) => Parsed(name, fallback, static text => double.Parse(text, CultureInfo.InvariantCulture));

    public DateOnly? Day(string name) => Parsed(name, (DateOnly?)null, static text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Rejects unknown options. Call this after all options were read.</summary>
    /// <exception cref="FormatException">An option was never read.</exception>
    public void RefuseOthers()
    {
        foreach (var name in values.Keys.Where(name => !asked.Contains(name)))
            throw new FormatException($"There is no option --{name}; there are: {string.Join(", ", asked.Order(StringComparer.Ordinal).Select(static n => "--" + n))}.");
    }

    private T Parsed<T>(string name, T fallback, Func<string, T> parse)
    {
        if (Text(name) is not { } text)
            return fallback;
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"--{name} {text}: {e.Message}", e);
        }
    }
}
