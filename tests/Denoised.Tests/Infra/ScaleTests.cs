namespace Denoised.Tests.Infra;

/// <summary>Each run compiles the script.</summary>
[Trait("Tier", "Long")]
public sealed class ScaleTests
{
    [Fact]
    public async Task The_tables_in_the_document_are_what_the_simulation_prints()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var run = await RunAsync(cancellation);
        Assert.Equal(0, run.ExitCode);
        var tables = Tables(run.Output);
        var document = Tables(await File.ReadAllTextAsync(RepositoryFolder.PathOf("docs", "scale.md"), cancellation));
        Assert.Equal(2, tables.Count);
        Assert.All(tables, table => Assert.Contains(table, document));
    }

    [Fact]
    public async Task Its_pages_are_what_the_crawl_delay_allows_and_its_days_cost_what_the_list_says()
    {
        var run = await RunAsync(TestContext.Current.CancellationToken, "--papers", "100", "10000", "--readers", "1000");
        var papers = Tables(run.Output)[0].Split('\n').Skip(2).Select(Cells).ToList();

        // A page in 18 seconds, twelve in a hundred papers take two: 4,800 / 1.12.
        Assert.InRange(Number(papers[1][1]), 4_230, 4_340);
        Assert.All(papers, row => Assert.Equal(Number(row[0].Split(' ')[0]), Number(row[1]) + Number(row[2])));
        Assert.Equal("arXiv's pages", papers[1][8]);

        // 12,500 tokens in at 0.75 and 900 out at 4.50 a million, and some second questions.
        Assert.InRange(Number(papers[0][7]), 100 * 0.013425m, 100 * 0.013425m * 1.25m);

        decimal Number(string text) => decimal.Parse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_and_another_one_does_not()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var first = await RunAsync(cancellation, "--seed", "7", "--papers", "300", "--readers", "1000");
        Assert.Equal(first.Output, (await RunAsync(cancellation, "--seed", "7", "--papers", "300", "--readers", "1000")).Output);
        Assert.NotEqual(Tables(first.Output), Tables((await RunAsync(cancellation, "--seed", "8", "--papers", "300", "--readers", "1000")).Output));
    }

    [Fact]
    public async Task It_names_a_number_that_is_none()
    {
        var run = await RunAsync(TestContext.Current.CancellationToken, "--papers", "many");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'many'", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static List<string> Tables(string text) =>
        [.. text.ReplaceLineEndings("\n").Split("\n\n").Select(part => string.Join('\n', part.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.TrimEnd()))).Where(table => table.Length > 0)];

    private static string[] Cells(string row) => row.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static Task<ToolRun> RunAsync(CancellationToken cancellation, params string[] arguments) =>
        ToolRun.RunAsync("dotnet", RepositoryFolder.Root, ["run", "infra/scale.cs", "--", .. arguments], cancellation);
}
