"""Compiled from chat_requests.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    at,
    iterate,
    json_text,
    lists,
    printing,
    println,
    strings,
    system,
)

# json and prompts to an ollama server: everything but the server
model = "phi3"
uri = "http://localhost:11434/api/chat"


def message(role, content):
    return {"role": role, "content": content}


history = List([message("system", 'You are a "helpful" assistant.')])


def payload(msgs):
    return {
        "model": model,
        "messages": msgs,
        "stream": None,
        "options": {"temperature": 0.5, "num_ctx": 4096},
    }


def ask(txt):
    history.append(message("user", txt))
    body = json_text.dumps(payload(history))
    print(body)
    # fake answer
    answer = json_text.parse(
        f'{{"model":"phi3","message":{{"role":"assistant","content":"You said: {len(txt)} chars"}},"done":true,"eval_count":12}}'
    )
    history.append(at(answer, "message"))
    return at(answer, "message", "content")


println(ask("Hello\nyou"))
print(len(history))
println(lists.last(history))
escaped = 'It\'s a "test"'.replace('"', '\\"')
print(escaped)
cmd = "curl -s " + uri + " -d '" + json_text.dumps({"a": 1}) + "'"
print(cmd)
r = system.run_command(
    'echo \'{"response":"Hi","done":false}\'; echo \'{"response":" there","done":true}\''
)
print(len(r))
out = ""
for line in r:
    j = json_text.parse(line)
    out = add(out, at(j, "response"))
    if at(j, "done"):
        break
println(out)
print(strings.trim(lists.first(system.run_command("echo hello"))))
js = json_text.parse(
    '{"name":"Bob","tags":["a","b"],"nums":[1,2.5,3],"nested":{"k":null,"t":true}}'
)
println(js)
println(
    at(js, "tags", 1),
    lists.sum(at(js, "nums")),
    at(js, "nested", "t"),
    at(js, "nested", "k"),
)
for k in iterate(js):
    println(k, "=", at(js, k))
print(printing.prettify(js))
