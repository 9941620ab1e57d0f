using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>Asks for a paper's summary.</summary>
/// <param name="Day">The partition of its row.</param>
/// <param name="Id">The paper.</param>
/// <param name="Schema">The version of this form.</param>
public sealed record PaperMessage(ListingDay Day, ArxivId Id, int Schema = 1);

/// <summary>Says that a day's snapshot may be out of date, or that its glance is to be looked at.</summary>
/// <param name="Day">The day.</param>
/// <param name="Changed">When its row changed (the storage service's clock); a snapshot read later than this holds the change.</param>
/// <param name="Glance">It is about the day's glance, not its snapshot; a release that does not know this rebuilds the snapshot.</param>
/// <param name="Schema">The version of this form.</param>
public sealed record DayMessage(ListingDay Day, DateTimeOffset Changed, bool Glance = false, int Schema = 1);

/// <summary>Asks for a collection.</summary>
/// <param name="Day">A listing day to read again from its catch-up page, or null for whatever is due.</param>
/// <param name="Schema">The version of this form.</param>
/// <param name="IsRetry">Whether the same request died before: what it recorded may have no message yet.</param>
public sealed record CollectionMessage(ListingDay? Day = null, int Schema = 1, bool IsRetry = false);

/// <summary>Reads messages.</summary>
internal static class Message
{
    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is not of this form; the host tries it again and then puts it aside as poisoned.</exception>
    public static T Parse<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new FormatException($"A message for {typeof(T).Name} is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"A message is no {typeof(T).Name}: {exception.Message}", exception);
        }
    }
}
