using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>Source-generated JSON for the result that the PDF child process returns to its parent.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters =
    [
        typeof(CamelCaseEnum<BlockKind>),
        typeof(CamelCaseEnum<HiddenTextKind>),
        typeof(CamelCaseEnum<SectionKind>),
        typeof(CamelCaseEnum<PaperTextError>),
        typeof(CamelCaseEnum<TextOrigin>),
    ],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaperTextResult))]
[JsonSerializable(typeof(PaperDocument))]
internal sealed partial class PaperTextJson : JsonSerializerContext;
