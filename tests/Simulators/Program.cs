Console.WriteLine("Denoised simulators");
