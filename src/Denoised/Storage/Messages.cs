using System.Text.Json.Serialization;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>Requests a paper's summary.</summary>
/// <param name="Day">The partition of the paper's row.</param>
/// <param name="Id">The paper.</param>
/// <param name="Schema">The version of this format.</param>
public sealed record PaperMessage([property: JsonRequired] ListingDay Day, [property: JsonRequired] ArxivId Id, int Schema = 1);

/// <summary>Announces a change of a day: its snapshot may be out of date, or its overview needs a check.</summary>
/// <param name="Day">The day.</param>
/// <param name="Changed">The time of the change (storage service clock). A snapshot read later than this contains the change.</param>
/// <param name="Overview">True if the message concerns the overview. A release without this property rebuilds the snapshot instead.</param>
/// <param name="Schema">The version of this format.</param>
public sealed record DayMessage(
    [property: JsonRequired] ListingDay Day,
    [property: JsonRequired] DateTimeOffset Changed,
    bool Overview = false,
    int Schema = 1);

/// <summary>Requests the delivery of a day's digest to the operator.</summary>
/// <param name="Day">The day.</param>
/// <param name="Channel">The channel, such as <c>webhook</c>.</param>
/// <param name="Schema">The version of this format.</param>
public sealed record DeliveryMessage([property: JsonRequired] ListingDay Day, [property: JsonRequired] string Channel, int Schema = 1);

/// <summary>Requests a collection.</summary>
/// <param name="Day">A listing day to read again from its catch-up page; null for the days that are due.</param>
/// <param name="Schema">The version of this format.</param>
/// <param name="IsRetry">Whether an earlier attempt crashed. It may have recorded papers without enqueuing their messages.</param>
public sealed record CollectionMessage(ListingDay? Day = null, int Schema = 1, bool IsRetry = false);
