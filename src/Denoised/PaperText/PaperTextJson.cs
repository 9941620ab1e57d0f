using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.PaperText;

/// <summary>Source-generated JSON for the result that the PDF child process returns to its parent.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaperTextResult))]
[JsonSerializable(typeof(PaperDocument))]
internal sealed partial class PaperTextJson : JsonSerializerContext;
