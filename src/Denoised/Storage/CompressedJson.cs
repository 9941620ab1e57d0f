using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>
/// Values as Brotli-compressed JSON in binary properties. One property holds 64 KiB at the most, so a longer value goes on in
/// <c>Name1</c>, <c>Name2</c> …; a row holds 1 MiB.
/// Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.
/// </summary>
internal static class CompressedJson
{
    private const int MaxPropertyBytes = 64 * 1024;
    private const int MaxRowBytes = 900 * 1024;

    /// <summary>Puts a value into a row.</summary>
    /// <exception cref="InvalidDataException">It would not fit into a row, even compressed.</exception>
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

        // What a longer value left would be read as the end of this one.
        while (entity.Remove(PropertyName(name, part)))
            part++;
    }

    /// <summary>Reads a value that <see cref="Write"/> put there, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">What is there cannot be read.</exception>
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
