using Denoised.Arxiv.Text;
using Denoised.LocalHost.Start;

// PDFs are parsed in a child process of this same program, which can be killed.
return PdfChildProcess.TryRunChild(args) ? 0 : await LocalProgram.RunAsync(args);
