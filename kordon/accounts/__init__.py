"""Who may: agencies, posts, people, roles, machines; signing in; who sits at which booth."""
