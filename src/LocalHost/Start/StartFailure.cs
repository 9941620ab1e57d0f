using Azure;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Start;

/// <summary>Describes a failed start in one sentence that names the setting and the remedy.</summary>
internal static class StartFailure
{
    /// <summary>The setting that enables the stack trace.</summary>
    public const string StackTraceSetting = "LocalHost:StackTrace";

    /// <summary>Describes an exception. Exceptions of this program have suitable messages; those of libraries are rewritten.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        OptionsValidationException e => string.Join(Environment.NewLine, e.Failures.Select(OwnSentence)),
        AggregateException { InnerExceptions: [OptionsValidationException, ..] } e =>
            string.Join(Environment.NewLine, e.InnerExceptions.Select(Describe)),
        UnauthorizedAccessException e => $"{e.Message} Denoised writes its data and packages into this folder: give yourself the permission to write there.",
        AggregateException or RequestFailedException => StorageUnreachable(exception),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } e => DescribeUnreadable(e),
        _ => exception.Message,
    };

    /// <summary>Extracts the <c>ErrorMessage</c> of a range attribute, which the library wraps in <c>… with the error: '(sentence)'.</c></summary>
    private static string OwnSentence(string failure)
    {
        const string Wrapping = " with the error: '";
        var begin = failure.IndexOf(Wrapping, StringComparison.Ordinal);
        return begin < 0 ? failure : failure[(begin + Wrapping.Length)..].TrimEnd('.').TrimEnd('\'');
    }

    /// <summary>Rewrites an error of the configuration binder, which quotes the value, the setting and a .NET type.</summary>
    private static string DescribeUnreadable(InvalidOperationException exception)
    {
        if (exception.Message.Split('\'') is not [_, var value, _, var setting, _, var type, ..])
            return FirstLine(exception);
        var kind = type switch
        {
            "System.Int32" or "System.Int64" => "a whole number",
            "System.Boolean" => "true or false",
            "System.TimeSpan" => "a time such as 00:00:30",
            "System.Uri" => "an address",
            _ => type,
        };
        return $"The setting {setting} is '{value}', but has to be {kind}.";
    }

    private static string StorageUnreachable(Exception exception)
    {
        var first = exception is AggregateException aggregate ? aggregate.Flatten().InnerExceptions[0] : exception;
        return $"The storage account of the setting AzureWebJobsStorage cannot be used: {FirstLine(first)} Correct the setting, or start the account's emulator.";
    }

    private static string FirstLine(Exception exception)
    {
        var line = exception.Message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
