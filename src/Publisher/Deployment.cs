using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Storage;

namespace Denoised.Publisher;

/// <summary>Publishes the page as the last step of a deployment. Role assignments may not have reached the storage account yet.</summary>
internal sealed class Deployment(DeploymentTarget target, Action<string> writeLine)
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(15);

    /// <summary>The maximum wait for a role assignment: Azure documents up to ten minutes of propagation.</summary>
    internal TimeSpan MaxRoleWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Publishes the page and prints each step.</summary>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        var publisher = new SitePublisher(target.Blobs, new SiteContainer(target.Blobs), new WorkQueues(target.Queues));
        await EnableWebsiteAsync(cancellationToken);
        var publication = await RetryUntilRolesApplyAsync(() => publisher.PublishAsync(folder, cancellationToken), cancellationToken);
        writeLine($"{publication.Uploaded} files uploaded, {publication.Unchanged} unchanged{(publication.Removed > 0 ? $", {publication.Removed} of former releases removed" : "")}.");
        writeLine(publication.IsFirst
            ? "The first collection begins: papers appear within minutes, and each is read by the model in the minutes after."
            : "The pages of the newest day are being made anew.");
        if (target.SiteAddress is { } address)
            writeLine($"The page: {address}");
    }

    /// <summary>Enables the static website if the template did not. This needs a permission that a deployer may lack.</summary>
    private async Task EnableWebsiteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await target.Blobs.GetPropertiesAsync(cancellationToken)).Value;
            if (properties.StaticWebsite is { Enabled: true, IndexDocument: PageRenderer.FrontPage })
                return;

            properties.StaticWebsite = new BlobStaticWebsite { Enabled = true, IndexDocument = PageRenderer.FrontPage, ErrorDocument404Path = "404.html" };
            await target.Blobs.SetPropertiesAsync(properties, cancellationToken);
            writeLine("The account's static website is switched on.");
        }
        catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.BadRequest or (int)HttpStatusCode.NotImplemented)
        {
            writeLine($"Whether the account's static website is on could not be told ({exception.ErrorCode ?? exception.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)}); the template switches it on.");
        }
    }

    private async Task<T> RetryUntilRolesApplyAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.UtcNow + MaxRoleWait;
        while (true)
        {
            try
            {
                return await act();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == PublishErrors.MissingRole && DateTimeOffset.UtcNow < until)
            {
                writeLine($"The storage account does not know the deployer's roles yet ({exception.ErrorCode}). That can take some minutes; trying again in {pause.TotalSeconds:0} seconds ...");
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
