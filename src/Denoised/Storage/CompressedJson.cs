using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>
/// Stores values as Brotli-compressed JSON in binary properties. A property holds at most 64 KiB, so a longer value continues in
/// <c>Name1</c>, <c>Name2</c> …; a row holds at most 1 MiB.
/// Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.
/// </summary>
internal static class CompressedJson
{
    private const int MaxPropertyBytes = 64 * 1024;
    private const int MaxRowBytes = 900 * 1024;

    /// <summary>Writes a value to a row.</summary>
    /// <exception cref="InvalidDataException">The compressed value exceeds the size of a row.</exception>
    public static void Write<T>(TableEntity entity, string name, T value, JsonTypeInfo<T> type)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, value, type);

        if (compressed.Length > MaxRowBytes)
            throw new InvalidDataException($"The property {name} of row {entity.PartitionKey}/{entity.RowKey} takes {compressed.Length:N0} bytes compressed; a row holds {MaxRowBytes:N0}.");

        var bytes = compressed.ToArray();
        var part = 0;
        for (; part == 0 || part * MaxPropertyBytes < bytes.Length; part++)
            entity[PropertyName(name, part)] = bytes[(part * MaxPropertyBytes)..Math.Min(bytes.Length, (part + 1) * MaxPropertyBytes)];

        // Remaining parts of a longer previous value would be read as a part of this one.
        while (entity.Remove(PropertyName(name, part)))
            part++;
    }

    /// <summary>Reads a value written by <see cref="Write"/>; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The stored value is corrupt.</exception>
    public static T? Read<T>(TableEntity entity, string name, JsonTypeInfo<T> type)
        where T : class
    {
        if (entity.GetBinary(name) is not { } first)
            return null;

        using var compressed = new MemoryStream();
        compressed.Write(first);
        for (var part = 1; entity.GetBinary(PropertyName(name, part)) is { } next; part++)
            compressed.Write(next);

        compressed.Position = 0;
        try
        {
            using var brotli = new BrotliStream(compressed, CompressionMode.Decompress);
            return JsonSerializer.Deserialize(brotli, type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The property {name} of row {entity.PartitionKey}/{entity.RowKey} cannot be read: {exception.Message}", exception);
        }
    }

    private static string PropertyName(string name, int part) => part == 0 ? name : name + part.ToString(CultureInfo.InvariantCulture);
}
