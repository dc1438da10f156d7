Console.WriteLine("0 cases");
