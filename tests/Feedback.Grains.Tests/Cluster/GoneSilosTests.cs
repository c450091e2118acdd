using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Feedback.Grains.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Cluster;

/// <summary>Silos whose process is gone, as the others find out. This one is the first.</summary>
public sealed class GoneSilosTests : ISiloDoors, ISiloWitnesses, IDisposable
{
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 3).Select(n => SiloAddress.New(IPAddress.Loopback, 11_110 + n, 7))];

    private readonly FakeTimeProvider _clock = new();
    private readonly SemaphoreSlim _looks = new(0);
    private readonly HashSet<SiloAddress> _dead = [];
    private readonly Dictionary<SiloAddress, Queue<bool>> _shut = [];
    private Func<SiloAddress, SiloAddress, Task<bool>> _opinion = (_, _) => Task.FromResult(true);

    /// <inheritdoc/>
    public void Dispose() => _looks.Dispose();

    [Fact]
    public async Task A_silo_that_refuses_this_one_twice_and_another_one_too_is_declared_dead()
    {
        var asked = new List<(SiloAddress, SiloAddress)>();
        _opinion = (other, silo) =>
        {
            asked.Add((other, silo));
            return Task.FromResult(true);
        };
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(3);

        Assert.Equal([Silos[1]], _dead);
        Assert.Equal([(Silos[2], Silos[1])], asked);
    }

    [Fact]
    public async Task One_that_refuses_once_is_starting_again_and_stays()
    {
        _shut[Silos[1]] = new([true, false]);

        await LookAsync(3);

        Assert.Empty(_dead);
    }

    [Fact]
    public async Task One_that_gives_no_answer_is_left_to_the_probes()
    {
        await LookAsync(3);

        Assert.Empty(_dead);
    }

    [Fact]
    public async Task One_that_refuses_only_this_one_stays()
    {
        _opinion = (_, _) => Task.FromResult(false);
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(3);

        Assert.Empty(_dead);
    }

    [Fact]
    public async Task A_silo_of_a_release_that_does_not_know_the_question_has_no_opinion()
    {
        _opinion = (_, _) => Task.FromException<bool>(new NotSupportedException());
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(3);

        Assert.Empty(_dead);
    }

    [Fact]
    public async Task One_that_never_answers_the_question_has_no_opinion()
    {
        _opinion = (_, _) => new TaskCompletionSource<bool>().Task;
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(3);

        Assert.Empty(_dead);
    }

    [Fact]
    public async Task Of_two_silos_the_one_that_is_left_decides_alone()
    {
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(2);

        Assert.Equal([Silos[1]], _dead);
    }

    [Fact]
    public async Task One_that_says_that_it_leaves_is_not_looked_at()
    {
        _shut[Silos[1]] = new([true, true]);

        await LookAsync(3, SiloStatus.ShuttingDown);

        Assert.Equal(2, _shut[Silos[1]].Count);
    }

    [Fact]
    public async Task Calls_that_fail_while_it_looks_begin_no_other_look_and_those_that_fail_afterwards_do()
    {
        var watch = WatchOf(3);
        watch.Suspect();
        await _looks.WaitAsync();

        // The clock stands, and so does the look.
        for (var i = 0; i < 50; i++)
            watch.Suspect();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => { })));
        Assert.Equal(0, _looks.CurrentCount);

        while (_looks.CurrentCount == 0)
        {
            _clock.Advance(GoneSilos.Pause);
            watch.Suspect();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_door_is_shut_where_the_machine_says_that_nobody_listens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var silo = SiloAddress.New((IPEndPoint)socket.LocalEndPoint!, 7);
        // By a clock that stands: however busy this machine is, it answers in time.
        var doors = new SiloDoors(_clock);

        Assert.True(await doors.IsShutAsync(silo));
        socket.Listen();
        Assert.False(await doors.IsShutAsync(silo));
    }

    Task<bool> ISiloDoors.IsShutAsync(SiloAddress silo) => Task.FromResult(_shut.TryGetValue(silo, out var looks) && looks.Dequeue());

    Task<bool> ISiloWitnesses.IsShutAsync(SiloAddress asked, SiloAddress silo) => _opinion(asked, silo);

    private async Task LookAsync(int silos, SiloStatus second = SiloStatus.Active)
    {
        var look = WatchOf(silos, second).LookAsync();
        while (!look.IsCompleted)
        {
            _clock.Advance(GoneSilos.Pause);
            await Task.Yield();
        }

        await look;
    }

    private GoneSilos WatchOf(int silos, SiloStatus second = SiloStatus.Active)
    {
        var members = Silos.Take(silos).ToImmutableDictionary(silo => silo, silo => new ClusterMember(silo, silo.Equals(Silos[1]) ? second : SiloStatus.Active, "silo"));
        var membership = Stub<IClusterMembershipService>((method, arguments) => method switch
        {
            "get_CurrentSnapshot" => Snapshot(),
            nameof(IClusterMembershipService.TryKill) => Task.FromResult(_dead.Add((SiloAddress)arguments[0]!)),
            _ => throw new NotSupportedException(method),
        });
        var self = Stub<ILocalSiloDetails>((_, _) => Silos[0]);

        return new GoneSilos(membership, self, this, this, _clock, NullLogger<GoneSilos>.Instance);

        ClusterMembershipSnapshot Snapshot()
        {
            _looks.Release();
            return new ClusterMembershipSnapshot(members, new MembershipVersion(1));
        }
    }

    private static T Stub<T>(Func<string, object?[], object?> answer)
        where T : class
    {
        var stub = DispatchProxy.Create<T, Stubbed>();
        ((Stubbed)(object)stub).Answer = answer;
        return stub;
    }

    /// <summary>Answers every call by a function.</summary>
    public class Stubbed : DispatchProxy
    {
        internal Func<string, object?[], object?> Answer { get; set; } = null!;

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!.Name, args!);
    }
}
