

using Denoised.Storage;

namespace Denoised.Tests.Storage;

public sealed class DeferredMessagesTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a day", 0, 60, true)]
    [InlineData("a day", -5, 300, true)] // asks for less, and would sleep longer
    [InlineData("a day", 1, 60, false)] // a later change
    [InlineData("a day", 0, 50, false)] // wakes earlier
    [InlineData("another day", 0, 60, false)]
    public void A_message_that_sleeps_covers_what_asks_for_no_more_and_no_sooner(string key, int laterBy, int wakesIn, bool isCovered)
    {
        var sleeping = new DeferredMessages();
        sleeping.Add("a day", noon, DeferredMessages.Now + TimeSpan.FromMinutes(1));

        Assert.Equal(isCovered, sleeping.Covers(key, noon.AddSeconds(laterBy), DeferredMessages.Now + TimeSpan.FromSeconds(wakesIn)));
    }

    [Fact]
    public void A_message_that_may_have_woken_covers_nothing()
    {
        var sleeping = new DeferredMessages();
        sleeping.Add("a day", noon, DeferredMessages.Now + TimeSpan.FromSeconds(1));

        Assert.False(sleeping.Covers("a day", noon, DeferredMessages.Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task The_later_of_two_counts_after_the_earlier_has_woken()
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
