using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Domain;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing;

/// <summary>Source-generated JSON of snapshots and feeds: camelCase, enums by name, nulls omitted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(SiteIndex))]
[JsonSerializable(typeof(PaperCard[]))]
[JsonSerializable(typeof(PaperView[]))]
[JsonSerializable(typeof(PaperView))]
[JsonSerializable(typeof(PaperCard))]
[JsonSerializable(typeof(Announcement))]
[JsonSerializable(typeof(SearchFile))]
[JsonSerializable(typeof(FeedJson))]
[JsonSerializable(typeof(RelatedPapers))]
[JsonSerializable(typeof(Dictionary<string, RelatedPapers>))]
internal sealed partial class PublishingJson : JsonSerializerContext;
