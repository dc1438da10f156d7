using System.Globalization;
using System.Text;

namespace CompiledNets;

/// <summary>
/// Posts the figures of each epoch to a server, as JSON: <c>{"epoch": 0, "loss": 0.5}</c>. A server that is not there is a warning.
/// </summary>
public sealed class RemoteMonitor : Callback
{
    private static readonly HttpClient Client = new();

    private readonly string root;
    private readonly string path;
    private readonly string field;
    private readonly IReadOnlyDictionary<string, string>? headers;
    private readonly bool sendAsJson;

    /// <summary>Makes the callback.</summary>
    /// <param name="root">Address of the server.</param>
    /// <param name="path">Where in it the figures go.</param>
    /// <param name="field">The field of a form in which the JSON is sent; without meaning where it is sent alone.</param>
    /// <param name="headers">HTTP headers to send; null for none.</param>
    /// <param name="sendAsJson">Whether JSON is sent alone, as <c>application/json</c>, and not in a form.</param>
    public RemoteMonitor(
        string root = "http://localhost:9000", string path = "/publish/epoch/end/", string field = "data",
        IReadOnlyDictionary<string, string>? headers = null, bool sendAsJson = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(field);
        this.root = root;
        this.path = path;
        this.field = field;
        this.headers = headers;
        this.sendAsJson = sendAsJson;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        string json = Json(epoch, logs);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, root + path);
            request.Content = sendAsJson
                ? new StringContent(json, Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([new(field, json)]);
            foreach ((string name, string value) in headers ?? new Dictionary<string, string>())
                if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
            using HttpResponseMessage response = Client.Send(request);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Warning.Print($"Could not reach RemoteMonitor root server at {root}");
        }
    }

    // JSON has no word for what is not a number.
    private static string Json(int epoch, Logs logs)
    {
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $"{{\"epoch\": {epoch}");
        foreach ((string name, double value) in logs)
        {
            string key = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            json.Append(", \"").Append(key).Append("\": ").Append(double.IsFinite(value) ? Text(value) : "null");
        }

        return json.Append('}').ToString();
    }
}
