using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineCsvTests
{
    [Fact]
    public void Write_Segments_OneRowEach() =>
        SomeTimeline.Text(SomeTimeline.With("customer", "agent"), TimelineFormat.Csv).ShouldBe(
            """
            channel,role,start,end,duration,emotion,confidence,angry,disgusted,fearful,happy,neutral,other,sad,surprised,unknown,quality
            0,customer,0.38,3.10,2.72,angry,0.8312,0.8312,0.0211,0.0211,0.0211,0.0211,0.0211,0.0211,0.0211,0.0211,
            1,agent,3.10,3.44,0.34,neutral,0.6050,0.0494,0.0494,0.0494,0.0494,0.6050,0.0494,0.0494,0.0494,0.0494,too_short;low_level
            0,customer,5.26,8.32,3.06,happy,1.0000,0.0000,0.0000,0.0000,1.0000,0.0000,0.0000,0.0000,0.0000,0.0000,

            """.ReplaceLineEndings("\r\n"));

    [Fact]
    public void Write_HostileRoles_AreReadBackAndComputeNothing()
    {
        foreach (var role in SomeTimeline.HostileRoles.Where(role => !role.Contains('\ud83d', StringComparison.Ordinal)))
        {
            var rows = CsvReader.Read(SomeTimeline.Text(SomeTimeline.With(role), TimelineFormat.Csv));

            rows.Count.ShouldBe(4);
            rows.ShouldAllBe(row => row.Length == 17);
            rows[1][1].TrimStart('\'').ShouldBe(role);
            rows[1][1].TrimStart().ShouldNotMatch("^[-=+@]");
            rows[1][2].ShouldBe("0.38");
        }
    }

    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("-1", "'-1")]
    [InlineData(" +1", "' +1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t1", "'\t1")]
    [InlineData("a=1", "a=1")]
    public void Write_RoleThatLooksLikeAFormula_IsMarkedAsText(string role, string written) =>
        CsvReader.Read(SomeTimeline.Text(SomeTimeline.With(role), TimelineFormat.Csv))[1][1].ShouldBe(written);

    [Fact]
    public void Write_Empty_LeavesTheHeader() =>
        CsvReader.Read(SomeTimeline.Text(SomeTimeline.Empty, TimelineFormat.Csv)).ShouldHaveSingleItem().Length.ShouldBe(17);

    [Fact]
    public void Write_Rows_AreWhatPythonReads()
    {
        using var folder = new Support.TemporaryFolder();
        File.WriteAllBytes(folder.File("timeline.csv"), SomeTimeline.Bytes(SomeTimeline.With("\"a\",\r\nb", "客户"), TimelineFormat.Csv));

        Python.Run(
            "import csv, sys; r = list(csv.DictReader(open(sys.argv[1], encoding='utf-8', newline=''))); "
            + "print(len(r), ascii(r[0]['role']), ascii(r[1]['role']), r[1]['quality'], r[2]['happy'])",
            [folder.File("timeline.csv")], module: "csv").ShouldBe("""3 '"a",\r\nb' '\u5ba2\u6237' too_short;low_level 1.0000""");
    }
}
