using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;

namespace Feedback.Storage.GrainStorage;

/// <summary>Gives a silo its grain storage.</summary>
public static class GrainStorageRegistration
{
    /// <summary>The invariant name of PostgreSQL.</summary>
    public const string Postgres = "Npgsql";

    /// <summary>The invariant name of SQLite. Orleans loads Microsoft.Data.Sqlite under the name of another library.</summary>
    public const string Sqlite = "System.Data.SQLite";

    /// <summary>
    /// Adds Orleans' relational grain storage, with state kept as plain JSON: member names in camel case, enumerations
    /// by name, no names of CLR types, so a state outlives renamed classes and can be read by people and other programs.
    /// Unknown members are ignored when reading.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The storage name that grains give in <c>[PersistentState(…, name)]</c>.</param>
    /// <param name="invariant"><see cref="Postgres"/> or <see cref="Sqlite"/>.</param>
    /// <param name="connectionString">A database prepared by <see cref="GrainStorageSchema"/> before the silo starts.</param>
    /// <remarks>
    /// Stored rows are told apart by the state's name and the grain's key, not by the grain's class: every persistent
    /// state needs a name of its own. A key that can be read as a hexadecimal number is read as one ("020" is "20"):
    /// keys begin with a letter outside a–f.
    /// </remarks>
    /// <exception cref="ArgumentException">The invariant is another one.</exception>
    public static ISiloBuilder AddFeedbackGrainStorage(this ISiloBuilder silo, string name, string invariant, string connectionString)
    {
        if (invariant is not (Postgres or Sqlite))
            throw new ArgumentException($"Grain storage knows {Postgres} and {Sqlite}, not '{invariant}'.", nameof(invariant));

        return silo.AddAdoNetGrainStorage(name, options =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = NewSerializer();
            // A cleared state keeps its row and version; see GrainStorageQuery.
            options.DeleteStateOnClear = false;
        });
    }

    /// <summary>What states are written and read with.</summary>
    public static IGrainStorageSerializer NewSerializer()
    {
        var settings = new SystemTextJsonGrainStorageSerializerOptions();
        var json = settings.JsonSerializerOptions;
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // Chinese text stays text; the bytes go to a database, never into a page.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // A null left out would come back as the member's initial value.
        json.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        json.Converters.Add(new JsonStringEnumConverter());
        return new SystemTextJsonGrainStorageSerializer(Options.Create(settings));
    }
}
