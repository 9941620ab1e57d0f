using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Tests;

/// <summary>The contents of an account, for a search for text that must not be stored.</summary>
internal static partial class StoredText
{
    /// <summary>The maximum number of consecutive words from the body of a paper: the length of a quote.</summary>
    public const int MostWords = 40;

    /// <summary>Returns the contents of all tables, queues and blobs as one text, decompressed.</summary>
    public static async Task<string> ReadAsync(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs, CancellationToken cancellationToken)
    {
        var stored = new StringBuilder();
        await foreach (var name in tables.QueryAsync(cancellationToken: cancellationToken))
        {
            await foreach (var row in tables.GetTableClient(name.Name).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
                stored.AppendJoin('|', row.Select(property => property.Value is byte[] bytes ? Unpacked(bytes) : property.Value)).AppendLine();
        }

        var papers = new PaperTable(tables);
        foreach (var day in await papers.ReadDaysAsync(cancellationToken))
        {
            // Read through the product, because the table contains compressed values.
            foreach (var row in await papers.ReadDayAsync(day, cancellationToken))
                stored.AppendLine(JsonSerializer.Serialize(row.Summary, DomainJson.Default.Summary)).AppendLine(JsonSerializer.Serialize(row.Paper, DomainJson.Default.Paper)).AppendLine(row.Reason);
        }

        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: cancellationToken))
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32, cancellationToken)).Value)
                stored.AppendLine(message.Body.ToString());
        }

        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellationToken))
                stored.AppendLine(Unpacked((await client.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray()));
        }

        return stored.ToString();
    }

    /// <summary>Returns all sequences of <see cref="MostWords"/> plus one words, regardless of the characters between the words.</summary>
    public static IEnumerable<string> Runs(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToList();
        for (var start = 0; start + MostWords < words.Count; start++)
            yield return string.Join(' ', words.GetRange(start, MostWords + 1));
    }

    /// <summary>
    /// Returns the content as text and decompressed: gzip as in blobs, Brotli as in tables, where a long value continues in further properties.
    /// </summary>
    private static string Unpacked(byte[] content)
    {
        var isGzip = content is [0x1F, 0x8B, ..];
        using Stream packed = isGzip ? new GZipStream(new MemoryStream(content), CompressionMode.Decompress) : new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        try
        {
            packed.CopyTo(plain);
        }
        catch (Exception e) when (!isGzip && e is InvalidDataException or InvalidOperationException)
        {
            // Not Brotli, or an incomplete value.
        }

        return Encoding.UTF8.GetString(plain.ToArray()) + (isGzip ? "" : Encoding.UTF8.GetString(content));
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Word();
}
