# Varnish in front of {{ public_url }}, written by `nutgraf varnish` for Varnish 6.5 and later.
#
# It belongs where Varnish looks for it (Debian: /etc/varnish/default.vcl). Nutgraf itself needs NUTGRAF_PURGE=varnish://
# and where this listens. Varnish speaks no https: put a server that does in front, and have it say so in
# X-Forwarded-Proto.
vcl 4.1;

import std;

backend nutgraf {
    .host = "{{ upstream_host }}";
    .port = "{{ upstream_port }}";
    .first_byte_timeout = 120s;
}

# Who may say that a page is no longer true: the machines that Nutgraf runs on.
acl purgers {
{% for address in purgers %}    {{ address }};
{% endfor %}}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(405, "Not from there"));
        }
        if (req.http.Cache-Tag == "*") {
            std.ban("obj.status != 0");
        } elseif (req.http.Cache-Tag) {
            # Tags are letters and digits, with commas between them.
            if (req.http.Cache-Tag !~ "^[a-z2-7]+(,[a-z2-7]+)*$") {
                return (synth(400, "No tags"));
            }
            std.ban("obj.http.Cache-Tag ~ (^|,)(" + regsuball(req.http.Cache-Tag, ",", "|") + ")(,|$)");
        } else {
            std.ban("obj.http.X-Nutgraf-Address == " + req.url);
        }
        if (std.ban_error() != "") {
            return (synth(500, std.ban_error()));
        }
        return (synth(200, "Purged"));
    }
{% if not is_any_host %}    if (req.http.Host !~ "(?i)^({{ hosts }})(:[0-9]+)?$") {
        return (synth(400, "Another host"));
    }
{% endif %}    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # What follows a # is the reader's own affair, and a bare ? asks for nothing: with them it is the same page.
    set req.url = regsub(req.url, "#.*$", "");
    set req.url = regsub(req.url, "^([^?]*)[?]$", "\1");
    # Who stays connected to be told of changes hears them from Nutgraf itself, for as long as that takes.
    if (req.url ~ "[.]events$") {
        return (pass);
    }
    # Who is signed in sees what they may see.
    if (req.http.Cookie ~ "(^|[;,\s]){{ cookie }}=" || req.http.Authorization) {
        return (pass);
    }
    # Each page is kept under one spelling of its address, the one that is forgotten when it changes: letters, digits and
    # - . _ ~ stand for themselves, and what does not is written in capitals. No other letter goes without being encoded.
    if (req.url ~ "[^!-~]" || req.url ~ "^[^?]*%([46][1-9A-Fa-f]|[57][0-9Aa]|3[0-9]|2[DdEeFf]|5[Ff]|7[Ee]|[a-f].|.[a-f])") {
        return (pass);
    }
    if (req.http.X-Forwarded-Proto !~ "^https?$") {
        unset req.http.X-Forwarded-Proto;
    }
    # Other cookies make no other page.
    return (hash);
}

sub vcl_hash {
    hash_data(req.url);
    # Hosts of ours show the same; whoever came without https is sent to it.
    if (req.http.X-Forwarded-Proto) {
        hash_data(req.http.X-Forwarded-Proto);
    }
    return (lookup);
}

sub vcl_backend_response {
    set beresp.http.X-Nutgraf-Address = bereq.url;
    if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=([0-9]+).*$", "\1s"), 0s);
        # What is banned is gone, so nothing old is ever handed out for the sake of speed.
        set beresp.grace = 0s;
    } elseif (bereq.url !~ "^({{ static_url }}|{{ media_url }})" || beresp.ttl <= 0s || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
    }
    return (deliver);
}

sub vcl_deliver {
    unset resp.http.X-Nutgraf-Address;
    # Between Nutgraf and its caches; of no use to browsers.
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    unset resp.http.Cache-Tag;
    unset resp.http.CDN-Cache-Control;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}
