using System.CommandLine;
using Feedback.Silo.Commands;

var root = new RootCommand("Feedback hears every service window of a bureau: it stores, counts and shows what citizens say.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),

    VerifyCommand.Create(),
    RebuildCommand.Create(),
    DevicesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
