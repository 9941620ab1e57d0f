// Publishes the built page. azd deploy runs this after the functions are deployed; azd's environment contains all settings.
using Denoised.Publisher;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

if (args is not [var folder])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run --project src/Publisher -- <folder of the built page, such as frontend/dist>");
    return 2;
}

DeploymentTarget? target = null;
try
{
    target = DeploymentTarget.Read(Environment.GetEnvironmentVariable);
    await new Deployment(target, Console.WriteLine).RunAsync(folder, stop.Token);
    return 0;
}
catch (Exception e) when (PublishErrors.Describe(e, target) is { } reason)
{
    await Console.Error.WriteLineAsync($"The page was not published: {reason}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped. Uploaded files stay; readers still see the previous page.");
    return 130;
}
