using Denoised.Arxiv.Text;

if (PdfChildProcess.TryRunChild(args))
    return;
