using BenchmarkDotNet.Attributes;
using Denoised.Api;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Benchmarks.Micro;

/// <summary>A day's answer as each request gets it, beside writing the same bytes; and what making it costs, once in five seconds.</summary>
public class DayAnswerBenchmarks
{
    private Representation answer = null!;
    private byte[] bytes = [];
    private DayResponse day = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var entry = DaySnapshot.Build(Papers.Day, Papers.Rows(), [], overview: null, readAt: default).Entry;
        day = new DayResponse(Papers.Day, entry.AnnouncedAt, Sample: false, entry.Notes, entry.Counts, entry.Tags, Overview: null, Papers.OfDay, Papers.Views(), Next: null);
        answer = Representation.OfJson(day, ApiJson.Default.DayResponse);
        bytes = answer.GetBody("gzip");
    }

    [Benchmark(Baseline = true, Description = "writing the same bytes")]
    public async Task<long> PeerAsync()
    {
        var context = Context();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
        return context.Response.Body.Length;
    }

    [Benchmark(Description = "a day's answer, held")]
    public async Task<long> AnswerAsync()
    {
        var context = Context();
        await new RepresentationResult(answer).ExecuteResultAsync(new ActionContext { HttpContext = context });
        return context.Response.Body.Length;
    }

    [Benchmark(Description = "a day's answer, made anew and compressed")]
    public int Make() => Representation.OfJson(day, ApiJson.Default.DayResponse).GetBody("gzip").Length;

    private DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream(bytes.Length) } };
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.AcceptEncoding = "gzip, deflate, br;q=0";
        return context;
    }
}
