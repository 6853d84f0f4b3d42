using System.Text;
using ExtGap.Exchange.Streams;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class StreamRequestTests
{
    [Theory]
    [InlineData("""{"method":"SET_PROPERTY","params":["colour",true],"id":5}""", """{"code":0,"msg":"Unknown property","id":5}""")]
    [InlineData("""{"method":"GET_PROPERTY","params":["colour"],"id":5}""", """{"code":0,"msg":"Unknown property","id":5}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","yes"],"id":5}""", """{"code":1,"msg":"Invalid value type: expected Boolean","id":5}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined"],"id":5}""", """{"code":1,"msg":"Invalid value type: expected Boolean","id":5}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":[1,true],"id":5}""", """{"code":2,"msg":"Invalid request: property name must be a string","id":5}""")]
    [InlineData("""{"method":"GET_PROPERTY","id":5}""", """{"code":2,"msg":"Invalid request: property name must be a string","id":5}""")]
    [InlineData("""{"method":"GET_PROPERTY","params":["combined",1],"id":5}""", """{"code":2,"msg":"Invalid request: too many parameters","id":5}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined",true,1],"id":5}""", """{"code":2,"msg":"Invalid request: too many parameters","id":5}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["a"],"id":"x"}""", """{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["a"],"id":-1}""", """{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["a"]}""", """{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}""")]
    [InlineData("""{"method":"SUBSCRIB","id":1}""", """{"code":2,"msg":"Invalid request: unknown variant `SUBSCRIB`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 20","id":1}""")]
    [InlineData("""{"params":["a"],"id":1}""", """{"code":2,"msg":"Invalid request: missing field `method` at line 1 column 23","id":1}""")]
    [InlineData("hello", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""")]
    [InlineData("""{"method":x}""", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 11"}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["\ud800"],"id":1}""", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""")]
    [InlineData("""{"method":"\udc00","id":1}""", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""")]
    [InlineData("", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":1} x""", """{"code":3,"msg":"Invalid JSON: expected value at line 1 column 40"}""")]
    public void A_bad_request_gets_the_documented_code_and_text(string message, string answer)
    {
        var refused = Assert.IsType<StreamRequest.Refused>(StreamRequestReader.Read(Encoding.UTF8.GetBytes(message)));
        Assert.Equal(answer, Encoding.UTF8.GetString(StreamAnswer.Refused(refused)));
    }

    [Fact]
    public void Nothing_of_what_is_no_object_is_understood() =>
        Assert.IsType<StreamRequest.Refused>(StreamRequestReader.Read("[1,2]"u8));

    [Fact]
    public void Fields_may_come_in_any_order_and_with_others_between()
    {
        var request = StreamRequestReader.Read("""{ "id": 7, "x": {"y": [1]}, "params": ["a@kline_1m", "b"], "method": "SUBSCRIBE" }"""u8);
        var subscribe = Assert.IsType<StreamRequest.Subscribe>(request);
        Assert.Equal(7UL, subscribe.Id);
        Assert.Equal(["a@kline_1m", "b"], subscribe.Names);
    }
}
