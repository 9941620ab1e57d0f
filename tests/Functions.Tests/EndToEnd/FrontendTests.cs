namespace Denoised.Functions.Tests.EndToEnd;

public sealed class FrontendTests
{
    [Theory]
    [InlineData("test")]
    [InlineData("check")]
    public async Task The_pages_own_tests_and_checks_pass(string script)
    {
        await Frontend.EnsureBuiltAsync();
        await Frontend.RunAsync([script]);
    }

    [Fact]
    public async Task The_page_opens_in_a_browser()
    {
        await Frontend.EnsureBuiltAsync();
        await Frontend.RunAsync(["e2e", "--", "e2e/morning.e2e.ts", "-t", "smoke"]);
    }
}
