using Denoised.LocalHost.Start;
using Denoised.PaperText.Pdf;

// PDFs are parsed in a child process, which runs this same program and can be killed.
return PdfChildProcess.TryRunChild(args) ? 0 : await LocalProgram.RunAsync(args);
