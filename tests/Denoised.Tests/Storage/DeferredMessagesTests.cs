using Denoised.Storage;

namespace Denoised.Tests.Storage;

public sealed class DeferredMessagesTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a day", 0, 60, true)]
    [InlineData("a day", -5, 300, true)] // an earlier change; would become visible later
    [InlineData("a day", 1, 60, false)] // a later change
    [InlineData("a day", 0, 50, false)] // has to become visible earlier
    [InlineData("another day", 0, 60, false)]
    public void A_deferred_message_covers_requests_for_the_same_change_at_the_same_time(string key, int laterBy, int wakesIn, bool isCovered)
    {
        var sleeping = new DeferredMessages();
        sleeping.Add("a day", noon, DeferredMessages.Now + TimeSpan.FromMinutes(1));

        Assert.Equal(isCovered, sleeping.Covers(key, noon.AddSeconds(laterBy), DeferredMessages.Now + TimeSpan.FromSeconds(wakesIn)));
    }

    [Fact]
    public void A_message_that_may_be_visible_again_covers_nothing()
    {
        var sleeping = new DeferredMessages();
        sleeping.Add("a day", noon, DeferredMessages.Now + TimeSpan.FromSeconds(1));

        Assert.False(sleeping.Covers("a day", noon, DeferredMessages.Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task The_later_message_still_covers_after_the_earlier_became_visible()
    {
        var sleeping = new DeferredMessages();
        var soon = DeferredMessages.Now + TimeSpan.FromMilliseconds(250);
        sleeping.Add("a day", noon, soon);
        sleeping.Add("a day", noon.AddSeconds(5), DeferredMessages.Now + TimeSpan.FromMinutes(1));
        while (DeferredMessages.Now <= soon)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        sleeping.Add("another day", noon, DeferredMessages.Now + TimeSpan.FromMinutes(1));

        Assert.True(sleeping.Covers("a day", noon.AddSeconds(5), DeferredMessages.Now + TimeSpan.FromMinutes(2)));
    }
}
