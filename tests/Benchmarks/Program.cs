using Denoised.Arxiv.Text;
using Denoised.Benchmarks;

if (PdfChildProcess.TryRunChild(args))
    return 0;

if (args is ["text", .. var rest])
    return await TextEvaluation.RunAsync(rest, CancellationToken.None);

return 0;
