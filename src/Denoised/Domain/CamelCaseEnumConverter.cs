using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>Writes an enum by name in camelCase and rejects numbers.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
