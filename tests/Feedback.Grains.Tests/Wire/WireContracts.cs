using System.Reflection;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Tests.Wire;

/// <summary>
/// Everything that silos of two releases tell each other, and keep for each other in grain storage: one line per promise. A line
/// that is gone is a broken promise, a new line is an addition.
/// </summary>
internal static class WireContracts
{
    private static readonly Assembly[] Assemblies = [typeof(IWindowGrain).Assembly];

    private static readonly Dictionary<Type, Type> Converters =
        Types().Where(type => ConverterOf(type) is not null).ToDictionary(type => ConverterOf(type)!.GetGenericArguments()[0]);

    /// <summary>The lines of this code, sorted.</summary>
    public static IReadOnlyList<string> Lines() => [.. Types().SelectMany(LinesOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Every type of ours with serialized members.</summary>
    public static IEnumerable<Type> Serialized() => Types().Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    /// <summary>Every type that knows nothing of Orleans and travels as another one.</summary>
    public static IEnumerable<Type> Converted() => Types().Select(ConverterOf).OfType<Type>().Select(converter => converter.GetGenericArguments()[0]);

    /// <summary>The members of a type that travel or are kept; none where it has no serialized members.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetCustomAttribute<GenerateSerializerAttribute>() is null ? [] : type.GetMembers(Own).Where(member => member.GetCustomAttribute<IdAttribute>() is not null);
    }

    /// <summary>A value as it travels: one of a type that knows nothing of Orleans as another one.</summary>
    public static object AsSent(object value) => Converters.TryGetValue(value.GetType(), out var converter)
        ? converter.GetMethod(nameof(IConverter<int, int>.ConvertToSurrogate))!.Invoke(Activator.CreateInstance(converter), [value])!
        : value;

    /// <summary>What a type is called on the wire: its alias, or else its CLR name, which then may not change either.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsGenericType)
        {
            var definition = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
            return $"{definition}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        }

        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        return type.GetCustomAttribute<AliasAttribute>()?.Alias
            ?? (type.Namespace?.StartsWith("Feedback.", StringComparison.Ordinal) == true ? $"{type.FullName}, {type.Assembly.GetName().Name}" : type.Name);
    }

    private static IEnumerable<Type> Types() => Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("Feedback.", StringComparison.Ordinal) == true);

    private static Type? ConverterOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IConverter<,>));

    private static IEnumerable<string> LinesOf(Type type)
    {
        if (type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
            return Members(type);
        if (ConverterOf(type) is { } converter)
            return [$"type {NameOf(converter.GetGenericArguments()[0])} travels as {NameOf(converter.GetGenericArguments()[1])}"];
        if (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            return Methods(type);
        return type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGrainBase)) ? Grain(type) : [];
    }

    private static IEnumerable<string> Members(Type type)
    {
        yield return $"type {NameOf(type)}";
        foreach (var member in MembersOf(type))
        {
            var kind = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
            yield return $"type {NameOf(type)} member {member.GetCustomAttribute<IdAttribute>()!.Id:00}: {NameOf(kind)}";
            foreach (var line in Values(kind))
                yield return line;
        }
    }

    private static IEnumerable<string> Methods(Type type)
    {
        yield return $"interface {NameOf(type)}";
        foreach (var method in type.GetMethods())
        {
            var name = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name;
            var parameters = string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
            yield return $"interface {NameOf(type)} method {name}({parameters}): {NameOf(method.ReturnType)}";
            foreach (var line in method.GetParameters().SelectMany(parameter => Values(parameter.ParameterType)))
                yield return line;
        }
    }

    // A grain's identity carries the name of its class, unless the class says otherwise.
    private static IEnumerable<string> Grain(Type type)
    {
        var name = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type).ToString()
            ?? (type.Name.EndsWith("Grain", StringComparison.Ordinal) ? type.Name[..^5] : type.Name).ToLowerInvariant();
        foreach (var answers in type.GetInterfaces().Where(one => one.GetCustomAttribute<AliasAttribute>() is not null))
            yield return $"grain {name} answers {NameOf(answers)}";
        foreach (var parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
                yield return $"grain {name} keeps {state.StateName}: {NameOf(parameter.ParameterType.GetGenericArguments()[0])}";
        }
    }

    private static IEnumerable<string> Values(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } values
        ? values.GetFields(BindingFlags.Public | BindingFlags.Static).Select(value => $"enum {NameOf(values)} {value.GetRawConstantValue()}: {value.Name}")
        : [];
}
