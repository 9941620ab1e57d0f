using Denoised.Benchmarks;

if (args is ["text", .. var rest])
    return await TextEvaluation.RunAsync(rest, CancellationToken.None);

return 0;
