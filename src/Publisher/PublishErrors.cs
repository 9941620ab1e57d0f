using System.Net;
using Azure;
using Azure.Identity;

namespace Denoised.Publisher;

/// <summary>Describes a failed publication and its remedy in one sentence. The SDK's messages list headers and every retry.</summary>
internal static class PublishErrors
{
    /// <summary>The storage service's error code for an identity without the required role.</summary>
    public const string MissingRole = "AuthorizationPermissionMismatch";

    /// <summary>Describes an environmental failure.</summary>
    /// <returns>One or two sentences; null for any other exception.</returns>
    public static string? Describe(Exception exception, DeploymentTarget? target) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or InvalidOperationException => exception.Message,
        AuthenticationFailedException => "Nobody is signed in to Azure on this machine. Run 'azd auth login'.",
        RequestFailedException { ErrorCode: MissingRole } =>
            $"You may not write to {DescribeAccount(target)}: the roles Storage Blob Data Contributor and Storage Queue Data Message Sender are missing. 'azd provision' assigns them to the account that runs it.",
        RequestFailedException { Status: (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden } refused => $"{DescribeAccount(target)} refuses access ({DescribeCode(refused)}). Its network rules, or the key in use, do not admit this machine.",
        RequestFailedException { Status: 0 } => $"{DescribeAccount(target)} could not be reached. Check the address and the network.",
        RequestFailedException failed => $"{DescribeAccount(target)} answered {DescribeCode(failed)}. Is it the account that 'azd provision' made?",

        // Thrown by the SDK after its last retry.
        AggregateException { InnerExceptions: [.., var last] } when last is not AggregateException => Describe(last, target),
        HttpRequestException or IOException => $"{DescribeAccount(target)} could not be reached. Check the address and the network.",
        _ => null,
    };

    private static string DescribeAccount(DeploymentTarget? target) => target is null ? "The storage account" : $"The storage account {target.Blobs.Uri.GetLeftPart(UriPartial.Path)}";

    private static string DescribeCode(RequestFailedException failed) => failed.ErrorCode ?? failed.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
