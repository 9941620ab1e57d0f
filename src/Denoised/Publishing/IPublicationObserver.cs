namespace Denoised.Publishing;

/// <summary>Is called after each publication, and after each collection, which may complete a day without a publication.</summary>
public interface IPublicationObserver
{
    /// <summary>Reacts to a publication. Must be idempotent. After an exception, the message that led to the publication is delivered again.</summary>
    Task OnPublishedAsync(CancellationToken cancellationToken);
}
