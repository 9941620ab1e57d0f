using Azure;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Start;

/// <summary>Explains a failed start in one sentence that names the setting and the remedy.</summary>
internal static class StartFailure
{
    /// <summary>The setting that adds the stack trace.</summary>
    public const string StackTraceSetting = "LocalHost:StackTrace";

    /// <summary>The sentence. Exceptions of this program carry their own; those of libraries are translated.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        OptionsValidationException e => string.Join(Environment.NewLine, e.Failures),
        AggregateException { InnerExceptions: [OptionsValidationException, ..] } e =>
            string.Join(Environment.NewLine, e.InnerExceptions.Select(Describe)),
        IOException { InnerException: AddressInUseException } e =>
            $"{e.Message} Another program uses the port of the API: end it, or set LocalHost:ApiPort to another one (0 takes a free one).",
        UnauthorizedAccessException e => $"{e.Message} Denoised writes its data and packages into this folder: give yourself the permission to write there.",
        AggregateException or RequestFailedException => StorageUnreachable(exception),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } e =>
            $"{FirstLine(e)} Correct it in the environment, on the command line or in src/Functions/local.settings.json.",
        _ => exception.Message,
    };

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
