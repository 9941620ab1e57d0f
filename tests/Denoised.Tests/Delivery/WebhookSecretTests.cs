using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Api;
using Denoised.Delivery;
using Denoised.Delivery.Webhooks;
using Denoised.Storage;
using Denoised.Tests.Storage;

namespace Denoised.Tests.Delivery;

/// <summary>Address and key of the webhook are in the settings and in the request, and nowhere else.</summary>
public sealed class WebhookSecretTests(StorageFixture storage)
{
    /// <summary>A new instance creates what is missing, then writes the lease.</summary>
    private static readonly int writesBeforeOutcome = TableNames.All.Count + QueueNames.All.Count + ContainerNames.All.Count + 1;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("accepted", DeliveryState.Sent)]
    [InlineData("unavailable", DeliveryState.Retrying)]
    [InlineData("redirected", DeliveryState.Failed)]
    [InlineData("refused", DeliveryState.Failed)]
    [InlineData("broken", DeliveryState.Uncertain)]
    [InlineData("untrusted", DeliveryState.Retrying)]
    [InlineData("dead", DeliveryState.Sending)]
    public async Task Logs_storage_and_status_contain_neither_address_nor_key(string course, DeliveryState expected)
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        switch (course)
        {
            case "unavailable":
                world.Receiver.AnswerNext(HttpStatusCode.ServiceUnavailable, ("Retry-After", "600"));
                break;
            case "redirected":
                world.Receiver.AnswerNext(HttpStatusCode.Found, ("Location", new Uri(world.Receiver.Address, WebhookWorld.Path).ToString()));
                break;
            case "broken":
                world.Receiver.AnswerNext(context =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                });
                break;
        }

        var sender = course switch
        {
            "refused" => world.AddInstance(new WebhookNetwork()),
            "untrusted" => world.AddInstance(new LoopbackNetwork()),
            "dead" => world.AddInstance(register: new CrashPolicy(writesBeforeOutcome).Register(world.Account)),
            _ => world.Product,
        };
        if (await Record.ExceptionAsync(() => world.DeliverAsync(sender)) is { } died)
            world.Log.Lines.Enqueue(died.ToString());
        Assert.Equal(expected, (await world.StatusAsync()).State);

        var answer = Assert.IsType<RepresentationResult>(await world.Product.Get<StatusApi>().GetAsync(Stop));
        var status = Encoding.UTF8.GetString(answer.Representation.Body);
        Assert.Contains("\"deliveries\":[{\"channel\":\"webhook\"", status, StringComparison.Ordinal);
        var stored = await StoredText.ReadAsync(world.Product.Get<TableServiceClient>(), world.Product.Get<QueueServiceClient>(), world.Product.Get<BlobServiceClient>(), Stop);
        Assert.Contains(InventedRows.Day.ToString(), stored, StringComparison.Ordinal);
        Assert.NotEmpty(world.Log.Lines);
        string[] secrets = [WebhookWorld.Path, "a-secret-path", $"localhost:{world.Receiver.Address.Port}", $"127.0.0.1:{world.Receiver.Address.Port}", WebhookWorld.Secret, WebhookWorld.Secret["whsec_".Length..]];
        foreach (var place in (string[])[status, stored, .. world.Log.Lines])
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, place, StringComparison.OrdinalIgnoreCase));
    }
}
