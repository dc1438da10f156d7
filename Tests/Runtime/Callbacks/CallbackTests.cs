using System.Net;
using System.Net.Sockets;
using System.Text;
using CompiledNets.Tests.Summary;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Callbacks that write, stop, or exchange weights.</summary>
[Collection(nameof(Alone))]
public sealed class CallbackTests
{
    [Fact]
    public void Figures_are_written_as_keras_writes_them()
    {
        using Scripted.Folder folder = new();
        string file = folder.File("log.csv");
        double[][] rows =
        [
            [0.5952380895614624, 0.7156825065612793, 0.3888888955116272, 0.8896924257278442],
            [0.5952380895614624, 0.6428583860397339, 0.3888888955116272, 0.9485205411911011],
            [0.5714285969734192, 0.5747221112251282, 0.3888888955116272, 1.2309796810150146],
        ];
        LambdaCallback script = new(onEpochEnd: (epoch, logs) =>
        {
            string[] names = ["accuracy", "loss", "val_accuracy", "val_loss"];
            for (int i = 0; i < names.Length; i++) logs[names[i]] = rows[epoch][i];
        });
        Fit(3, script, new CSVLogger(file));
        Assert.Equal(Bytes("csv_logger.csv"), File.ReadAllText(file));
    }

    [Fact]
    public void A_second_training_goes_on_in_the_file()
    {
        using Scripted.Folder folder = new();
        string file = folder.File("log.csv");
        string[] lines = Bytes("csv_logger_append.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        string[] names = ["accuracy", "learning_rate", "loss", "val_accuracy", "val_learning_rate", "val_loss"];
        for (int run = 0; run < 2; run++)
        {
            LambdaCallback script = new(onEpochEnd: (epoch, logs) =>
            {
                string[] fields = lines[(run * 3) + epoch].Split(';')[1..];
                for (int i = 0; i < names.Length; i++)
                    if (fields[i] != "NA") logs[names[i]] = double.Parse(fields[i], System.Globalization.CultureInfo.InvariantCulture);
            });
            Fit(3, script, new CSVLogger(file, separator: ";", append: true));
        }

        Assert.Equal(Bytes("csv_logger_append.csv"), File.ReadAllText(file));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_training()
    {
        (BinaryNet model, float[] x, float[] y) = (new(seed: 1), new float[60], new float[10]);
        model.Compile(new SGD(1e30), "mse");
        Array.Fill(x, 1e15f);
        History? history = null;
        string printed = Scripted.Printed(() => history = Linear().Fit(
            Grid(x), y, batchSize: 2, epochs: 3, verbose: Verbose.Silent, callbacks: [new TerminateOnNaN()]));
        Assert.Matches("^Batch [0-4]: Invalid loss, terminating training\n$", printed);
        Assert.Single(history!.Epochs);
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => Linear().Fit(
            Grid(x), y, batchSize: 2, verbose: Verbose.Silent, callbacks: [new TerminateOnNaN(raiseError: true)]));
        Assert.Matches("NaN or Inf loss encountered at batch [0-4]", error.Message);

        static BinaryNet Linear()
        {
            BinaryNet model = new(seed: 1);
            foreach (ModelWeight weight in model.Weights) weight.Assign(Enumerable.Repeat(3e38f, weight.Values.Length).ToArray());
            model.Compile(new SGD(1), "mse");
            return model;
        }

        static float[,] Grid(float[] numbers)
        {
            float[,] grid = new float[10, 6];
            Buffer.BlockCopy(numbers, 0, grid, 0, numbers.Length * sizeof(float));
            return grid;
        }
    }

    [Fact]
    public void Functions_are_called()
    {
        List<string> calls = [];
        Fit(1, new LambdaCallback(
            epoch => calls.Add($"epoch {epoch}"), (epoch, logs) =>
                calls.Add($"end {epoch} {logs.ContainsKey("loss")}"), () => calls.Add("begin"),
            () => calls.Add("done"), batch =>
                calls.Add($"batch {batch}"), (batch, logs) => calls.Add($"after {batch} {logs.ContainsKey("loss")}")));
        Assert.Equal(["begin", "epoch 0", "batch 0", "after 0 True", "batch 1", "after 1 True", "end 0 True", "done"], calls);
    }

    [Fact]
    public void Averages_are_in_place_while_it_is_evaluated()
    {
        BinaryNet model = Compiled(new Adam(0.1) { UseEma = true });
        float[]? weights = null, evaluated = null, between = null;
        LambdaCallback look = new(
            onTrainBatchEnd: (_, _) => weights = Kernel(model),
            onEpochEnd: (_, _) => between = Kernel(model));
        Watch test = new(() => evaluated = Kernel(model));
        model.Fit(Examples.Binary(40), epochs: 1, validationData: Examples.Binary(10), verbose: Verbose.Silent,
            callbacks: [new SwapEMAWeights(), look, test]);
        Assert.Equal(weights, between);
        Assert.NotEqual(weights, evaluated);
        // At the end of training the averages stay.
        Assert.Equal(evaluated, Kernel(model));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Averages_are_in_place_at_the_end_of_an_epoch_where_asked_for(bool stops)
    {
        BinaryNet model = Compiled(new Adam(0.1) { UseEma = true }), plain = Compiled(new Adam(0.1) { UseEma = true });
        LambdaCallback stop = new(onEpochEnd: (epoch, _) => model.StopTraining = stops && epoch == 1);
        float[]? last = null;
        LambdaCallback look = new(onEpochEnd: (_, _) => last = Kernel(model));
        model.Fit(Examples.Binary(40), epochs: stops ? 5 : 2, verbose: Verbose.Silent,
            callbacks: [new SwapEMAWeights(swapOnEpoch: true), look, stop]);
        plain.Fit(Examples.Binary(40), epochs: 2, verbose: Verbose.Silent);
        Assert.Equal(Kernel(plain), Kernel(model));
        Assert.Equal(last, Kernel(model));
    }

    [Fact]
    public void Averages_must_be_kept()
    {
        BinaryNet model = Compiled(new Adam());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => model.Evaluate(Examples.Binary(10), verbose: Verbose.Silent, callbacks: [new SwapEMAWeights()]));
        Assert.Contains("UseEma", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "data=%7B%22epoch%22%3A+0%2C+%22accuracy%22%3A+0.5%2C+%22loss%22%3A+0.25%7D")]
    [InlineData(true, "{\"epoch\": 0, \"accuracy\": 0.5, \"loss\": 0.25}")]
    public async Task Figures_are_posted(bool sendAsJson, string expected)
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        string root = $"http://localhost:{((IPEndPoint)server.LocalEndpoint).Port}";
        Task<string> received = Receive(server);
        LambdaCallback script = new(onEpochEnd: (_, logs) => (logs["accuracy"], logs["loss"]) = (0.5, 0.25));
        Fit(1, script, new RemoteMonitor(root, headers: new Dictionary<string, string> { ["X-Run"] = "7" }, sendAsJson: sendAsJson));
        string request = await received;
        Assert.StartsWith("POST /publish/epoch/end/ HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("X-Run: 7", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + expected, request, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_warning()
    {
        TextWriter before = Console.Error;
        StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            Fit(1, new RemoteMonitor("http://localhost:1"));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains("Could not reach RemoteMonitor root server at http://localhost:1", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.05000000074505806, "0.05000000074505806")]
    [InlineData(100, "100.0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Numbers_are_those_of_python(double number, string text) => Assert.Equal(text, PythonNumber.Text(number));

    private static async Task<string> Receive(TcpListener server)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[1 << 16];
        string text = "";
        while (true)
        {
            int read = await stream.ReadAsync(buffer);
            text += Encoding.UTF8.GetString(buffer, 0, read);
            int body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            System.Text.RegularExpressions.Match length = System.Text.RegularExpressions.Regex.Match(text, "Content-Length: ([0-9]+)");
            if (body >= 0 && length.Success && text.Length >= body + 4 + int.Parse(length.Groups[1].Value, null)) break;
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return text;
    }

    private static void Fit(int epochs, params Callback[] callbacks) =>
        Compiled(new Adam()).Fit(Examples.Binary(40), epochs: epochs, verbose: Verbose.Silent, callbacks: callbacks);

    private static BinaryNet Compiled(Optimizer optimizer)
    {
        BinaryNet model = new(seed: 1);
        model.Compile(optimizer, "binary_crossentropy", "accuracy");
        return model;
    }

    private static float[] Kernel(BinaryNet model) => model.Dense.Kernel.Values.ToArray();

    private static string Bytes(string file) =>
        DescribedNetworks.Golden("callbacks/" + file).Replace("\n", "\r\n", StringComparison.Ordinal);

    private sealed class Watch(Action onTestBegin) : Callback
    {
        public override void OnTestBegin() => onTestBegin();
    }
}
