using System.Text.Json.Serialization;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>Asks for a paper's summary.</summary>
/// <param name="Day">The partition of its row.</param>
/// <param name="Id">The paper.</param>
/// <param name="Schema">The version of this form.</param>
public sealed record PaperMessage([property: JsonRequired] ListingDay Day, [property: JsonRequired] ArxivId Id, int Schema = 1);

/// <summary>Says that a day's snapshot may be out of date, or that its glance is to be looked at.</summary>
/// <param name="Day">The day.</param>
/// <param name="Changed">When its row changed (the storage service's clock); a snapshot read later than this holds the change.</param>
/// <param name="Glance">It is about the day's glance, not its snapshot; a release that does not know this rebuilds the snapshot.</param>
/// <param name="Schema">The version of this form.</param>
public sealed record DayMessage([property: JsonRequired] ListingDay Day, [property: JsonRequired] DateTimeOffset Changed, bool Glance = false, int Schema = 1);

/// <summary>Asks for a collection.</summary>
/// <param name="Day">A listing day to read again from its catch-up page, or null for whatever is due.</param>
/// <param name="Schema">The version of this form.</param>
/// <param name="IsRetry">Whether the same request died before: what it recorded may have no message yet.</param>
public sealed record CollectionMessage(ListingDay? Day = null, int Schema = 1, bool IsRetry = false);
