using Denoised;
using Denoised.Functions;
using Denoised.PaperText.Pdf;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;

// PDFs are parsed in a child process, which runs this same program and can be killed.
if (PdfChildProcess.TryRunChild(args))
    return;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddDenoised(builder.Configuration);
builder.Services.AddTelemetryExport(builder.Configuration)?.UseFunctionsWorkerDefaults();
builder.Build().Run();
