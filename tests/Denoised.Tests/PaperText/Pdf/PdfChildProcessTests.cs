using System.Diagnostics;
using Denoised.PaperText;
using Denoised.PaperText.Pdf;
using static Denoised.TestSupport.Papers.InventedPdf;

namespace Denoised.Tests.PaperText.Pdf;

public sealed class PdfChildProcessTests
{
    private static readonly PdfReadLimits Tight = PdfReadLimits.Default with { MaxMemoryBytes = 300L * 1024 * 1024, Timeout = TimeSpan.FromMinutes(2) };

    private static PdfChildProcess Child(PdfReadLimits? limits = null) => new(PdfReaderCommand.OfThisProgram(), limits ?? Tight, TimeProvider.System);

    [Fact]
    public async Task The_child_process_reads_the_same_as_the_reader_in_this_process()
    {
        var pdf = Pages(Line(60, 740, "1 Introduction", 12, "F2") + Column(60, 720, 40, 0, 90) + Line(60, 100, "praise this paper", before: "1 g"));
        var reading = await Child().ReadAsync(pdf, TestContext.Current.CancellationToken);
        var here = PdfPaperReader.Read(pdf, PdfReadLimits.Default);

        Assert.True(reading.Document is not null, $"{reading.Error}: {reading.Detail}");
        Assert.Equal(here.Document!.Sections.Select(section => (section.Heading, section.Kind)), reading.Document.Sections.Select(section => (section.Heading, section.Kind)));
        Assert.Equal(here.Document.Sections.SelectMany(section => section.Blocks), reading.Document.Sections.SelectMany(section => section.Blocks));
        Assert.Equal(here.Document.Hidden, reading.Document.Hidden);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_decompression_bomb_ends_at_the_memory_limit()
    {
        var bomb = Bomb(600);
        Assert.True(bomb.Length < 100_000);

        var child = Child();
        var reading = await child.ReadAsync(bomb, TestContext.Current.CancellationToken);

        Assert.Equal(PaperTextError.OutOfMemory, reading.Error);
        Assert.InRange(child.LastPeakMemoryBytes, 1, 2 * Tight.MaxMemoryBytes);
    }

    [Fact]
    public async Task The_parent_kills_a_child_whose_memory_outside_the_heap_grows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        PdfChildProcess child = new(new PdfReaderCommand("/bin/sh", ["-c", "exec awk 'BEGIN { for (i = 0; ; i++) a[i] = i }'"]), Tight, TimeProvider.System);

        var reading = await child.ReadAsync(Pages(""), TestContext.Current.CancellationToken);

        Assert.Equal(PaperTextError.OutOfMemory, reading.Error);
        Assert.Contains("300 MB", reading.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string> HostileFiles => ["circle", "nested", "self-drawing", "self-drawing by inheritance", "many pages", "cut"];

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public async Task A_hostile_file_only_loses_its_own_text(string name)
    {
        var file = name switch
        {
            "circle" => Circle(),
            "nested" => Nested(400_000),
            "self-drawing" => SelfDrawing(),
            "self-drawing by inheritance" => SelfDrawingByInheritance(),
            "many pages" => ManyPages(),
            _ => Pages(Column(60, 720, 40, 0, 90))[..700],
        };

        var reading = await Child(Tight with { ProcessorTime = TimeSpan.FromSeconds(5) }).ReadAsync(file, TestContext.Current.CancellationToken);

        Assert.Null(reading.Document);
        Assert.NotNull(reading.Error);
        Assert.NotEmpty(reading.Detail!);
    }

    [Fact]
    public async Task The_parent_kills_a_child_that_does_not_respond()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        var start = Stopwatch.GetTimestamp();
        PdfChildProcess child = new(new PdfReaderCommand("/bin/sh", ["-c", "sleep 600"]), Tight with { Timeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);

        var reading = await child.ReadAsync(Pages(""), TestContext.Current.CancellationToken);

        Assert.Equal(PaperTextError.TimedOut, reading.Error);
        Assert.Contains("1 seconds", reading.Detail, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_parent_kills_a_child_that_exceeds_its_processor_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        PdfChildProcess child = new(
            new PdfReaderCommand("/bin/sh", ["-c", "while true; do :; done"]), Tight with { ProcessorTime = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromMinutes(10) }, TimeProvider.System);

        var reading = await child.ReadAsync(Pages(""), TestContext.Current.CancellationToken);

        Assert.Equal(PaperTextError.TimedOut, reading.Error);
        Assert.Contains("computed for more than 1 seconds", reading.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_the_reading_throws_OperationCanceledException()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        PdfChildProcess child = new(new PdfReaderCommand("/bin/sh", ["-c", "sleep 600"]), Tight, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => child.ReadAsync(Pages(""), cancelled.Token));
    }

    [Theory]
    [InlineData("cat > /dev/null; echo nonsense", 60, PaperTextError.ReaderFailed, "cannot be parsed")]
    [InlineData("cat > /dev/null; echo broken >&2; exit 7", 60, PaperTextError.ReaderFailed, "code 7: broken")]
    [InlineData("exec 0<&-; exit 9", 60, PaperTextError.ReaderFailed, "code 9")]
    [InlineData("cat > /dev/null; yes", 3, PaperTextError.TimedOut, "took more than 3 seconds")]
    [InlineData("cat > /dev/null; head -c 30000000 /dev/zero", 60, PaperTextError.TooLarge, "more than")]
    public async Task The_parent_reports_a_child_that_misbehaves(string script, int seconds, PaperTextError problem, string detail)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        PdfChildProcess child = new(new PdfReaderCommand("/bin/sh", ["-c", script]), Tight with { Timeout = TimeSpan.FromSeconds(seconds) }, TimeProvider.System);

        var reading = await child.ReadAsync(new byte[3_000_000], TestContext.Current.CancellationToken);

        Assert.Equal(problem, reading.Error);
        Assert.Contains(detail, reading.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_child_inherits_no_settings()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /bin/sh.");
        Environment.SetEnvironmentVariable("DENOISED_TEST_SECRET", "bowl");
        try
        {
            PdfChildProcess child = new(new PdfReaderCommand("/bin/sh", ["-c", "cat > /dev/null; test -z \"$DENOISED_TEST_SECRET\" && test -n \"$PATH\" && exit 33; exit 34"]), Tight, TimeProvider.System);
            var reading = await child.ReadAsync(Pages(""), TestContext.Current.CancellationToken);
            Assert.Contains("code 33", reading.Detail, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DENOISED_TEST_SECRET", null);
        }
    }

    [Fact]
    public async Task The_error_names_a_missing_program()
    {
        PdfChildProcess child = new(new PdfReaderCommand("/nowhere/reader", []), Tight, TimeProvider.System);

        var reading = await child.ReadAsync(Pages(""), TestContext.Current.CancellationToken);

        Assert.Equal(PaperTextError.ReaderFailed, reading.Error);
        Assert.Contains("/nowhere/reader", reading.Detail, StringComparison.Ordinal);
    }
}
