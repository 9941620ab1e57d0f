using System.Text;
using CsCheck;
using Denoised.Api;
using Denoised.Domain;
using Microsoft.Extensions.Time.Testing;

namespace Denoised.Tests.Api;

public sealed class ResponseCacheTests
{
    private static Representation Answer { get; } = new("{}"u8.ToArray(), "application/json");

    [Fact]
    public async Task Concurrent_requests_for_one_key_build_the_response_once()
    {
        for (var repetition = 0; repetition < 50; repetition++)
        {
            using var cache = new ResponseCache(new FakeTimeProvider());
            using var start = new Barrier(4);
            var made = 0;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    await cache.GetAsync("key", MakeAsync, TestContext.Current.CancellationToken);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            Assert.Equal(1, made);

            async Task<Representation?> MakeAsync(CancellationToken cancellationToken)
            {
                Interlocked.Increment(ref made);
                await Task.Yield();
                return Answer;
            }
        }
    }

    [Fact]
    public async Task The_cache_keeps_one_response_per_key_for_five_seconds()
    {
        var time = new FakeTimeProvider();
        using var cache = new ResponseCache(time);
        var made = 0;

        await AskAsync("one");
        time.Advance(TimeSpan.FromSeconds(4.9));
        await AskAsync("one");
        Assert.Equal(1, made);
        await AskAsync("two");
        Assert.Equal(2, made);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await AskAsync("one");
        Assert.Equal(3, made);

        Task<Representation?> AskAsync(string key) => cache.GetAsync(key, _ =>
        {
            made++;
            return Task.FromResult<Representation?>(Answer);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task During_a_refresh_other_requests_get_the_cached_response()
    {
        var time = new FakeTimeProvider();
        using var cache = new ResponseCache(time);
        var fresh = new Representation("[]"u8.ToArray(), "application/json");
        var making = new TaskCompletionSource<Representation?>();
        Assert.Same(Answer, await AskAsync(Task.FromResult<Representation?>(Answer)));

        time.Advance(TimeSpan.FromSeconds(6));
        var first = AskAsync(making.Task);
        Assert.False(first.IsCompleted);
        Assert.Same(Answer, await AskAsync(Twice()));

        making.SetResult(fresh);
        Assert.Same(fresh, await first);
        Assert.Same(fresh, await AskAsync(Twice()));

        // After a failure the next request tries again. An entry that no request has used for a minute is not served stale.
        time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(Task.FromException<Representation?>(new InvalidDataException())));
        Assert.Same(Answer, await AskAsync(Task.FromResult<Representation?>(Answer)));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Same(fresh, await AskAsync(Task.FromResult<Representation?>(fresh)));

        Task<Representation?> AskAsync(Task<Representation?> made) => cache.GetAsync("key", _ => made, TestContext.Current.CancellationToken);

        static Task<Representation?> Twice() => Task.FromException<Representation?>(new InvalidOperationException("It was made twice."));
    }

    [Fact]
    public async Task The_cache_does_not_keep_failures()
    {
        using var cache = new ResponseCache(new FakeTimeProvider());
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetAsync("key", _ => Task.FromException<Representation?>(new InvalidDataException()), TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.GetAsync("key", _ => Task.FromCanceled<Representation?>(new CancellationToken(canceled: true)), TestContext.Current.CancellationToken));
        Assert.Same(Answer, await cache.GetAsync("key", _ => Task.FromResult<Representation?>(Answer), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_request_does_not_cancel_the_response_of_other_requests()
    {
        using var cache = new ResponseCache(new FakeTimeProvider());
        using var gone = new CancellationTokenSource();
        var making = new TaskCompletionSource<Representation?>();
        var first = cache.GetAsync("key", _ => making.Task, gone.Token);
        var second = cache.GetAsync("key", _ => Task.FromException<Representation?>(new InvalidOperationException("It was made twice.")), TestContext.Current.CancellationToken);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        making.SetResult(Answer);
        Assert.Same(Answer, await second);
    }

    [Fact]
    public void A_cursor_round_trips() => Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 2_000_000], Gen.Int[0, 99_999]).Sample((day, position, number) =>
    {
        var cursor = new Cursor(new ListingDay(new DateOnly(2020, 1, 1).AddDays(day)), position, number % 2 == 0 ? $"2603.{number:00000}" : $"math~{number:0000000}");
        Assert.True(Cursor.TryParse(cursor.ToString(), out var parsed));
        Assert.Equal(cursor, parsed);
        Assert.Equal(cursor.ToString(), Uri.EscapeDataString(cursor.ToString()));
    });

    [Fact]
    public void The_cursor_parser_accepts_any_text_without_an_exception() => Gen.OneOf(Gen.String, Gen.Byte.Array.Select(bytes => Convert.ToBase64String(bytes)), Gen.String.Select(text => Convert.ToBase64String(Encoding.UTF8.GetBytes("1|2026-03-17|" + text)).TrimEnd('=')))
        .Sample(text =>
        {
            if (Cursor.TryParse(text, out var cursor))
                Assert.True(Cursor.TryParse(cursor.ToString(), out var again) && again == cursor);
        });
}
