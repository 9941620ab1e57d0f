using System.Net;

namespace Denoised.Tests.Api;

/// <summary>Related papers over HTTP.</summary>
public sealed class RelatedApiTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Theory]
    [InlineData("2603.01001", "2603.01001")]
    [InlineData("math~0211159", RunningApi.OldId)]
    [InlineData("math%2F0211159", RunningApi.OldId)]
    public async Task A_paper_has_the_nearest_papers_of_all_days(string asked, string id)
    {
        var response = await api.GetJsonAsync($"papers/{asked}/related");

        Assert.Equal(id, response.GetProperty("id").GetString());
        var others = response.GetProperty("related").EnumerateArray().Concat(response.GetProperty("duplicates").EnumerateArray()).ToList();
        Assert.NotEmpty(others);
        Assert.All(others, other => Assert.NotEqual(id, other.GetProperty("id").GetString()));
        Assert.All(others, other => Assert.InRange(other.GetProperty("similarity").GetDouble(), 0.65, 1));
    }

    [Theory]
    [InlineData("2603.99999", HttpStatusCode.NotFound)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task A_paper_that_is_not_held_has_none(string asked, HttpStatusCode status)
    {
        using var response = await api.SendAsync($"papers/{asked}/related");

        Assert.Equal(status, response.StatusCode);
    }
}
