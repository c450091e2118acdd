using System.Globalization;
using System.Net;
using Feedback.TestSupport.Running;
using Npgsql;

namespace Feedback.TestSupport.Clusters;

/// <summary>
/// A private PostgreSQL server, the demo district in it, and identical silos on it, each a process with a data directory of its own.
/// </summary>
public sealed class SiloCluster : IAsyncDisposable
{
    /// <summary>How long a silo may take until it serves.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private readonly string _connection;
    private readonly string[] _options;
    private readonly bool _ownsPostgres;

    private SiloCluster(PrivatePostgres postgres, string connection, DemoData data, string[] options, bool ownsPostgres) =>
        (Postgres, _connection, Data, _options, _ownsPostgres) = (postgres, connection, data, options, ownsPostgres);

    /// <summary>The database server.</summary>
    public PrivatePostgres Postgres { get; }

    /// <summary>The district, and the keys that all silos share.</summary>
    public DemoData Data { get; }

    /// <summary>The silos, also those that do not run now.</summary>
    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>Where terminals push to.</summary>
    public IReadOnlyList<Uri> Urls => [.. _silos.Select(silo => silo.Place.Url)];

    /// <summary>Starts a cluster on loopback and waits until every silo serves and knows the others.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="options">More options of every silo.</param>
    public static async Task<SiloCluster> StartAsync(int silos, params string[] options)
    {
        var cluster = await PrepareAsync(options: options);
        try
        {
            for (var n = 0; n < silos; n++)
                cluster.Add().Start();
            await cluster.AllServeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A cluster without silos yet.</summary>
    /// <param name="postgres">The database server; null for one of its own, which flushes every commit to the disk.</param>
    /// <param name="host">The address by which silos reach the database server; loopback when null.</param>
    /// <param name="options">More options of every silo.</param>
    public static async Task<SiloCluster> PrepareAsync(PrivatePostgres? postgres = null, string? host = null, params string[] options)
    {
        var server = postgres ?? await PrivatePostgres.StartAsync(durable: true);
        var here = await server.CreateDatabaseAsync();
        var data = await DemoData.CreateAsync(here);
        var connection = new NpgsqlConnectionStringBuilder(here) { Host = host ?? "127.0.0.1" }.ConnectionString;
        return new SiloCluster(server, connection, data, options, postgres is null);
    }

    /// <summary>Adds a silo on loopback, or at a place of its own. It is not started.</summary>
    /// <param name="place">The place; null for loopback.</param>
    /// <param name="options">More options of this silo.</param>
    public SiloProcess Add(SiloPlace? place = null, params string[] options)
    {
        place ??= Here();
        var silo = new SiloProcess(
            place,
            [
                "serve", "--data", _folder[place.Name], "--keys", Data.Path, "--urls", place.Url.GetLeftPart(UriPartial.Authority),
                "--silo-port", place.SiloPort.ToString(CultureInfo.InvariantCulture), "--advertise", place.Address, "--silo-name", place.Name,
                // A share, as several silos are best given: whoever makes one keeps it where verify looks.
                "--checkpoints", Data["checkpoints"], "--second-factor", "optional", .. _options, .. options,
            ],
            new Dictionary<string, string?> { ["FEEDBACK_CLUSTER"] = _connection });
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Adds a silo on loopback that runs under another program, which becomes it (exec). It is not started.</summary>
    /// <param name="program">The program and its words.</param>
    public SiloProcess AddUnder(params string[] program) => Add(Here(program));

    /// <summary>Whether a silo says that it serves.</summary>
    public async Task<bool> ServesAsync(SiloProcess silo)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(silo.Place.Url, "/healthz/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until every silo that is to run serves, and until as many are members and no more.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> AllServeAsync(TimeSpan? patience = null)
    {
        var start = Wait.Clock.GetTimestamp();
        try
        {
            await Wait.UntilAsync("every silo serves", EveryoneServesAsync, patience ?? StartPatience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\nMembers: {string.Join(", ", await MembersAsync())}\n{Logs()}", e);
        }

        return Wait.Clock.GetElapsedTime(start);

        async Task<bool> EveryoneServesAsync()
        {
            var wanted = _silos.Where(silo => silo.IsWanted).ToList();
            foreach (var silo in wanted)
            {
                if (!await ServesAsync(silo))
                    return false;
            }

            return (await MembersAsync()).Count == wanted.Count;
        }
    }

    /// <summary>The names, addresses and starts of the silos that the membership calls active, as the database holds it.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync()
    {
        const string Active = "select name || ' ' || address || ':' || port || '@' || generation from membership where status = 3 order by 1";
        await using var connection = StoredEvents.OfPostgres(HereConnection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Active;
        await using var reader = await command.ExecuteReaderAsync();
        var members = new List<string>();
        while (await reader.ReadAsync())
            members.Add(reader.GetString(0));
        return members;
    }

    /// <summary>Waits until every silo counts so many for the district, at most 30 s.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> AllCountAsync(int evaluations)
    {
        var start = Wait.Clock.GetTimestamp();
        foreach (var silo in _silos.Where(silo => silo.IsWanted))
        {
            using var client = new DemoClient(Data, silo.Place.Url);
            var seen = -1;
            try
            {
                await Wait.UntilAsync("the silo counts what is stored", async () => (seen = await CountOrNoneAsync(client)) == evaluations);
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"{e.Message} {silo.Place.Name} counts {seen} of {evaluations}.\n{await CountsAsync(silo)}\n{Logs()}", e);
            }
        }

        return Wait.Clock.GetElapsedTime(start);
    }

    /// <summary>Every evaluation's window and id, as often as the journal holds it.</summary>
    public Task<IReadOnlyList<string>> StoredAsync() => StoredEvents.KeysAsync(StoredEvents.OfPostgres(HereConnection));

    /// <summary>What all silos said on their error streams, for the words of a failing test.</summary>
    public string Logs() => string.Join('\n', _silos.Select(silo => $"--- {silo.Place.Name}\n{silo.Log}"));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_silos.Select(async silo => await silo.DisposeAsync()));
        _http.Dispose();
        Data.Dispose();
        if (_ownsPostgres)
            await Postgres.DisposeAsync();
        _folder.Dispose();
    }

    // Where the figures go wrong, a while later: every node's figure at one silo, and what is stored of each window.
    private async Task<string> CountsAsync(SiloProcess silo)
    {
        using var client = new DemoClient(Data, silo.Place.Url);
        var stored = (await StoredAsync()).CountBy(key => key.Split(' ')[0]).ToDictionary();
        var nodes = (await client.GetAsync("/api/v1/nodes"))["nodes"]!.AsArray();
        var lines = new List<string>();
        foreach (var node in nodes)
        {
            var id = (string)node!["id"]!;
            lines.Add($"{id} {(string?)node["kind"]} counts {await client.CountAsync(node: id)}{(stored.TryGetValue(id, out var some) ? $", stored {some}" : "")}");
        }

        return string.Join('\n', lines);
    }

    private SiloPlace Here(params string[] within) =>
        new(string.Create(CultureInfo.InvariantCulture, $"silo-{_silos.Count + 1}"), "127.0.0.1", FreePorts.Next(), FreePorts.Next(), within);

    private string HereConnection => new NpgsqlConnectionStringBuilder(_connection) { Host = "127.0.0.1" }.ConnectionString;

    private static async Task<int> CountOrNoneAsync(DemoClient client)
    {
        try
        {
            return await client.CountAsync();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return -1;
        }
    }
}
