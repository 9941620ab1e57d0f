using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Functions.Tests.Model;
using Denoised.Simulators.OpenAi;

namespace Denoised.Functions.Tests.Security;

/// <summary>Keys occur only in the settings.</summary>
public sealed class SecretsTests(AzuriteFixture azurite)
{
    private const string ModelKey = "model-key-that-nobody-may-see";
    private const string FunctionKey = "the-key-of-this-test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Logs_tables_queues_blobs_and_responses_contain_no_key_after_failures()
    {
        await using var product = await RunningProduct.StartAsync(azurite, $"Summarizer:Key={ModelKey}", "Summarizer:MaxAttempts=2", "Summarizer:FullText=true", "Logging:LogLevel:Default=Trace");
        var storageKey = product.Functions.ConnectionString.Split(';').Single(static part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        product.Announce(6);
        OpenAiFault?[] faults = [null, OpenAiFault.InternalServerError, OpenAiFault.MalformedJson, OpenAiFault.PromptFiltered, OpenAiFault.ConnectionReset, OpenAiFault.UnverifiableEvidence];
        product.Model.FaultFor = call => faults[int.Parse(call.PaperId![^1..], System.Globalization.CultureInfo.InvariantCulture) - 1];
        using var asked = await product.PostAsync("collections");
        using var refused = await product.PostAsync("summaries?id=nonsense");
        using var withQuery = await product.Functions.Api.PostAsync(new Uri($"collections?code={FunctionKey}&day=nonsense", UriKind.Relative), null, Stop);
        await product.StatusAsync(
            static status => status.GetProperty("days").EnumerateArray().Any(static day => day.GetProperty("shown").GetInt32() == 6 && day.GetProperty("pending").GetInt32() == 0), "all six papers are final");

        var seen = new StringBuilder(string.Join('\n', product.Functions.Logs.Lines));
        foreach (var path in (string[])["days", "days/latest", "status", "openapi.json", "papers/2603.00002", "feed.atom"])
            seen.AppendLine(await product.Functions.Api.GetStringAsync(path, Stop));
        await ReadAllAsync(product.Functions.ConnectionString, seen);
        var all = seen.ToString();

        Assert.Contains("2603.00002", all, StringComparison.Ordinal);
        foreach (var secret in (string[])[ModelKey, FunctionKey, storageKey, "AccountKey=", "SharedKey ", "Bearer "])
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    private static async Task ReadAllAsync(string connection, StringBuilder seen)
    {
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync(cancellationToken: Stop))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Stop))
            {
                foreach (var (_, value) in row)
                    seen.AppendLine(value is byte[] bytes ? Plain(bytes) : value?.ToString());
            }
        }

        var queues = new QueueServiceClient(connection);
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: Stop))
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32, Stop)).Value)
                seen.AppendLine(message.Body.ToString());
        }

        var blobs = new BlobServiceClient(connection);
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: Stop))
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: Stop))
                seen.AppendLine(blob.Name).AppendLine(Plain((await client.GetBlobClient(blob.Name).DownloadContentAsync(Stop)).Value.Content.ToArray()));
        }
    }

    /// <summary>Returns the content as text, decompressed if necessary.</summary>
    private static string Plain(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            try
            {
                using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
                return Read(brotli);
            }
            catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
            {
                return Encoding.UTF8.GetString(bytes);
            }
        }

        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return Read(gzip);
    }

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
