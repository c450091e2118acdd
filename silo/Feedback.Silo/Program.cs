using System.CommandLine;
using System.CommandLine.Invocation;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;

// Whoever drains and then stores the last days needs longer than the two seconds that a verb gets otherwise.
var LongestEnd = TimeSpan.FromMinutes(12);

BundledOpenSsl.LoadWhereMissing();
var root = new RootCommand("Feedback hears every service window of a bureau: it stores, counts and shows what citizens say.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    ImportCommand.Create(),
    OrderCompareCommand.Create(),
    SimulateCommand.Create(),
    VerifyCommand.Create(),
    CheckpointCommand.Create(),
    RebuildCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    MigrateCommand.Create(),
    DevicesCommand.Create(),
    UsersCommand.Create(),
    KeysCommand.Create(),
    PersonalCommand.Create(),
    PlatformCommand.Create(),
    SelfTestCommand.Create(),
};
var parsed = root.Parse(args);
return parsed.Action is ParseErrorAction ? Sites.Tell(Sites.WordsOf(parsed)) : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestEnd });
