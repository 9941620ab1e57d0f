using System.Net;
using System.Net.Sockets;
using Denoised.Delivery;
using Denoised.Delivery.Webhooks;

namespace Denoised.Tests.Delivery;

/// <summary>What each answer and each error of the network means for the message.</summary>
public sealed class WebhookClientTests(StorageFixture storage)
{
    [Theory]
    [InlineData(200, DeliveryState.Sent)]
    [InlineData(202, DeliveryState.Sent)]
    [InlineData(204, DeliveryState.Sent)]
    [InlineData(301, DeliveryState.Failed)]
    [InlineData(302, DeliveryState.Failed)]
    [InlineData(307, DeliveryState.Failed)]
    [InlineData(308, DeliveryState.Failed)]
    [InlineData(400, DeliveryState.Failed)]
    [InlineData(401, DeliveryState.Failed)]
    [InlineData(403, DeliveryState.Failed)]
    [InlineData(404, DeliveryState.Failed)]
    [InlineData(410, DeliveryState.Failed)]
    [InlineData(413, DeliveryState.Failed)]
    [InlineData(408, DeliveryState.Retrying)]
    [InlineData(429, DeliveryState.Retrying)]
    [InlineData(500, DeliveryState.Retrying)]
    [InlineData(503, DeliveryState.Retrying)]
    [InlineData(502, DeliveryState.Uncertain)]
    [InlineData(504, DeliveryState.Uncertain)]
    [InlineData(520, DeliveryState.Uncertain)]
    public async Task A_status_decides_whether_the_message_is_sent_again(int status, DeliveryState expected)
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        world.Receiver.AnswerNext((HttpStatusCode)status, ("Location", new Uri(world.Receiver.Address, "elsewhere").ToString()));

        await world.DeliverAsync();

        var written = await world.StatusAsync();
        Assert.Equal(expected, written.State);
        if (expected != DeliveryState.Sent)
            Assert.StartsWith($"HTTP {status}", written.Reason, StringComparison.Ordinal);
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_is_uncertain()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        world.Receiver.AnswerNext(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await world.PublishAsync();
        await world.DeliverAsync();
        await AssertAsync(world, DeliveryState.Uncertain, "After the request was sent, the connection broke.");
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_missing_response_is_uncertain()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:Timeout", "00:00:01"));
        world.Receiver.AnswerNext(context =>
        {
            var aborted = new TaskCompletionSource();
            context.RequestAborted.Register(aborted.SetResult);
            return aborted.Task;
        });
        await world.PublishAsync();
        await AssertAsync(world, DeliveryState.Uncertain, "After the request was sent, no response within Webhook:Timeout.");
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_stop_of_the_host_during_the_request_is_recorded_as_uncertain()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        using var stopping = new CancellationTokenSource();
        world.Receiver.AnswerNext(async context =>
        {
            await stopping.CancelAsync();
            var aborted = new TaskCompletionSource();
            await using (context.RequestAborted.Register(aborted.SetResult))
                await aborted.Task;
        });
        await world.Product.Get<DeliveryHandler>().DeliverAsync("""{"day":"2026-03-17","channel":"webhook"}""", stopping.Token);
        await AssertAsync(world, DeliveryState.Uncertain, "After the request was sent, the host stopped.");
    }

    [Fact]
    public async Task A_closed_port_is_tried_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:Address", $"https://localhost:{port}/hook"));
        await world.PublishOnlyAsync();
        await world.DeliverAsync();
        await AssertAsync(world, DeliveryState.Retrying, "Before the request was sent: the connection failed.");
    }

    [Fact]
    public async Task A_host_without_an_address_is_tried_again()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:Address", "https://nowhere.invalid/hook"));
        await world.PublishOnlyAsync();
        await world.DeliverAsync();
        await AssertAsync(world, DeliveryState.Retrying, "Before the request was sent: the name of the host is not known.");
    }

    [Fact]
    public async Task An_untrusted_certificate_gets_no_request()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        await world.DeliverAsync(world.AddInstance(new LoopbackNetwork()));
        await AssertAsync(world, DeliveryState.Retrying, "Before the request was sent: the TLS handshake failed.");
        Assert.Empty(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_name_that_resolves_to_this_machine_gets_no_connection()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        await world.DeliverAsync(world.AddInstance(new WebhookNetwork()));
        await AssertAsync(world, DeliveryState.Failed, "Before the request was sent: the host has an address that is not public.");
        Assert.Empty(world.Receiver.Requests);
    }

    [Fact]
    public async Task An_unresolved_Key_Vault_reference_is_tried_again()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:Address", "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/hook)"));
        await world.PublishOnlyAsync();
        await world.DeliverAsync();
        await AssertAsync(world, DeliveryState.Retrying, "The Key Vault reference in Webhook:Address or Webhook:Secret is not resolved.");
    }

    private static async Task AssertAsync(WebhookWorld world, DeliveryState state, string reason)
    {
        var status = await world.StatusAsync();
        Assert.Equal((state, reason), (status.State, status.Reason));
    }
}
