using System.Text.Json;
using Denoised.LocalHost.Terminal;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class TerminalTests
{
    private static readonly TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    [Theory]
    [InlineData(
        """{"days":[{"day":"2026-03-17","announced":262,"summarized":200,"pending":62,"failed":0,"publishedAt":"2026-03-17T12:05:07.25Z","sample":false,"notes":[]},{"day":"2026-03-16"}],"lastRun":{"outcome":"succeeded","message":"ok"},"nextRun":"2026-03-17T21:20:00Z"}""",
        "2026-03-17  262 announced · 200 summarized · 62 pending · 0 failed · published 13:05:07")]
    [InlineData(
        """{"days":[{"day":"2026-03-17","announced":26,"summarized":26,"pending":0,"failed":0,"publishedAt":null,"sample":true}],"lastRun":{"outcome":"failed","message":"arXiv does not answer"},"nextRun":"2026-03-17T21:20:00Z"}""",
        "arXiv can't be reached: showing 26 invented sample papers; next try 21:20 UTC")]
    [InlineData("""{"days":[],"lastRun":{"outcome":"running","message":"Reading cs.LG"}}""", "No papers yet · Reading cs.LG")]
    [InlineData("""{"days":[],"lastRun":null}""", "No papers yet · waiting for the first collection")]
    [InlineData("[]", "No papers yet · waiting for the first collection")]
    public void A_status_is_one_line(string status, string line)
    {
        using var document = JsonDocument.Parse(status);

        Assert.Equal(line, Progress.Describe(document.RootElement, zone));
    }

    [Fact]
    public void On_a_terminal_progress_stays_the_last_line()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new LiveConsole(output, width: 40);

        console.WriteLine("start");
        console.ShowProgress("1 of 2");
        console.ShowProgress("1 of 2");
        console.WriteLine("log");
        console.ShowProgress("2 of 2");
        console.ShowProgress(new string('x', 41));

        Assert.Equal("start\n\r\e[2K1 of 2\r\e[2Klog\n1 of 2\r\e[2K2 of 2\r\e[2K" + new string('x', 38) + "…", output.ToString());
    }

    [Fact]
    public void Without_a_terminal_each_change_of_progress_is_a_line()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new LiveConsole(output, width: null);

        console.ShowProgress("1 of 2");
        console.ShowProgress("1 of 2");
        console.WriteLine("log");
        console.ShowProgress("2 of 2");

        Assert.Equal("1 of 2\nlog\n2 of 2\n", output.ToString());
    }
}
