using System.Reflection;
using Xunit.Sdk;

namespace Feedback.Storage.Tests.Support;

/// <summary>The databases that a journal can be kept in.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory once on each database.</summary>
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<Database>().Select(database => new object[] { database });
}
