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
}
