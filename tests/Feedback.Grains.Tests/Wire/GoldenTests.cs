using System.Collections;
using System.Reflection;
using System.Text;
using Feedback.Storage.GrainStorage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace Feedback.Grains.Tests.Wire;

/// <summary>
/// Bytes that earlier releases wrote, as they are on the wire and in grain storage: this release reads every one of them as the
/// value that was written. FEEDBACK_ACCEPT=1 adds bytes of values that have none yet; what is there is never written anew.
/// </summary>
public sealed class GoldenTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Wire => _services.GetRequiredService<Serializer>();

    private static IGrainStorageSerializer Storage => GrainStorageRegistration.NewSerializer();

    [Fact]
    public void What_an_earlier_release_sent_is_read_as_it_was_meant() =>
        Check("WireGoldens.txt", Goldens.Travelling, Convert.ToBase64String, Convert.FromBase64String,
            Wire.SerializeToArray<object>, (bytes, _) => Wire.Deserialize<object>(bytes));

    [Fact]
    public void What_an_earlier_release_kept_is_read_as_it_was_meant() =>
        Check("StateGoldens.txt", Goldens.Kept, Encoding.UTF8.GetString, Encoding.UTF8.GetBytes, Kept, Read);

    [Fact]
    public void Everything_that_travels_or_is_kept_has_its_bytes()
    {
        var met = new HashSet<Type>();
        foreach (var value in Goldens.Travelling.Values.Concat(Goldens.Kept.Values))
            Collect(value.GetType(), met);
        var needed = WireContracts.Serialized().Where(type => !type.Name.EndsWith("Wire", StringComparison.Ordinal)).Concat(WireContracts.Converted());
        // Placements and errors are known by their names and hold nothing of their own.
        Assert.Empty(needed.Where(type => !met.Contains(type) && !type.IsSubclassOf(typeof(PlacementStrategy)) && !type.IsSubclassOf(typeof(Exception))).Select(type => type.Name));
    }

    [Fact]
    public void Every_member_that_travels_or_is_kept_is_set_in_some_bytes()
    {
        var set = new HashSet<string>();
        foreach (var value in Goldens.Travelling.Values.Concat(Goldens.Kept.Values))
            CollectSet(value, set);

        Assert.Empty(WireContracts.Serialized().SelectMany(WireContracts.MembersOf).Select(NameOf).Except(set));
    }

    public void Dispose() => _services.Dispose();

    private static byte[] Kept(object state) => Storage.Serialize(state).ToArray();

    private static object Read(byte[] bytes, Type type) => typeof(IGrainStorageSerializer).GetMethod(nameof(IGrainStorageSerializer.Deserialize))!
        .MakeGenericMethod(type).Invoke(Storage, [new BinaryData(bytes)])!;

    private static void Check(
        string file, IReadOnlyDictionary<string, object> values, Func<byte[], string> toText, Func<string, byte[]> toBytes,
        Func<object, byte[]> write, Func<byte[], Type, object?> read)
    {
        var stored = Accepted.Lines(file).Select(line => line.Split(" = ", 2)).ToDictionary(line => line[0], line => line[1]);
        var missing = values.Keys.Where(name => !stored.ContainsKey(name)).ToList();
        if (missing.Count > 0 && Accepted.IsAsked)
            Accepted.Write(file, [.. Accepted.Lines(file), .. missing.Select(name => $"{name} = {toText(write(values[name]))}")]);
        else
            Assert.True(missing.Count == 0, $"These have no bytes in {file}; FEEDBACK_ACCEPT=1 adds them: {string.Join(", ", missing)}");

        foreach (var (name, text) in stored)
        {
            Assert.True(values.TryGetValue(name, out var meant), $"{file} holds '{name}', which earlier releases wrote: keep its value among the tests.");
            var found = read(toBytes(text), meant!.GetType());
            Assert.IsType(meant!.GetType(), found);
            Assert.Equivalent(meant, found, strict: true);
            // Equivalence looks at what is public; these at everything that is written.
            Assert.Equal(toText(write(meant!)), toText(write(found!)));
        }
    }

    private static void Collect(Type type, HashSet<Type> met)
    {
        if (!met.Add(type))
            return;
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, met);
        if (WireContracts.Serialized().Contains(type))
        {
            foreach (var property in type.GetProperties())
                Collect(property.PropertyType, met);
        }
    }

    private static void CollectSet(object? value, HashSet<string> set)
    {
        if (value is null or string)
            return;
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                CollectSet(item, set);
        }

        var sent = WireContracts.AsSent(value);
        foreach (var member in WireContracts.MembersOf(sent.GetType()))
        {
            var held = member is PropertyInfo property ? property.GetValue(sent) : ((FieldInfo)member).GetValue(sent);
            if (IsSet(held))
                set.Add(NameOf(member));
            CollectSet(held, set);
        }
    }

    // A member with its default reads the same whether it was written or not: nobody would see that its number changed.
    private static bool IsSet(object? held) => held switch
    {
        null => false,
        string text => text.Length > 0,
        IEnumerable items => items.Cast<object>().Any(),
        ValueType => !held.Equals(Activator.CreateInstance(held.GetType())),
        _ => true,
    };

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
