"""Who may, as we know it now. Rows are written by ``apply`` alone."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

# Django finds models through this module; what is kept there nobody must prove.
from kordon.accounts import scratch as scratch


class Agency(models.Model):
    """An authority that takes part: the border service, customs, a ministry."""

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=200)
    own = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A border crossing point."""

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    mode = models.CharField(max_length=8)
    status = models.CharField(max_length=16)
    neighbour = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    seasonal = models.BooleanField(default=False)
    joint_control = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Lane(models.Model):
    """``id`` is ``POST/LANE``. Opened for one use; the post may have switched it to another."""

    id = models.CharField(max_length=65, primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="lanes")
    code = models.CharField(max_length=32)
    opened_class = models.CharField(max_length=16)
    opened_direction = models.CharField(max_length=8)
    switched_class = models.CharField(max_length=16, blank=True)
    switched_direction = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["post_id", "code"]

    def __str__(self) -> str:
        return self.id

    @property
    def lane_class(self) -> str:
        return self.switched_class or self.opened_class

    @property
    def direction(self) -> str:
        return self.switched_direction or self.opened_direction


class Booth(models.Model):
    """``id`` is ``POST/BOOTH``. ``person`` sits there, in the sign-in session ``session``."""

    id = models.CharField(max_length=65, primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="booths")
    code = models.CharField(max_length=32)
    lane = models.ForeignKey(Lane, null=True, on_delete=models.PROTECT, related_name="booths")
    person = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="booths"
    )
    session = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["post_id", "code"]
        constraints = [
            models.UniqueConstraint(
                # Of a post: headquarters may hear of the next booth before the last was left.
                fields=["post", "person"],
                condition=models.Q(person__isnull=False),
                name="person_at_one_booth",
            )
        ]
        indexes = [models.Index(fields=["session"], name="booth_by_session")]

    def __str__(self) -> str:
        return self.id


class Role(models.Model):
    """A set of rights under a name."""

    code = models.CharField(max_length=48, primary_key=True)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    rights = models.JSONField(default=list)
    gives = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Person(AbstractBaseUser):
    """Somebody who may sign in. What they may do is in their postings, never here.

    ``changes``: the last entry of each node by which a password was chosen there. ``version``:
    what posts were last told (at headquarters), or we last heard (at a post).
    """

    last_login = None  # a sign-in is a fact, and no row of a person changes with it

    id = models.UUIDField(primary_key=True)
    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    service_number = models.CharField(max_length=32, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=8, blank=True)
    code_until = models.DateTimeField(null=True)
    password_at = models.DateTimeField(null=True)
    changes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    suspended = models.BooleanField(default=False)
    suspended_because = models.CharField(max_length=300, blank=True)
    enrolled_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def must_change_password(self) -> bool:
        """The password is a one-time code."""
        return self.code_until is not None


class Posting(models.Model):
    """A person holds a role at a post, or everywhere, from one day to another."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="postings")
    since = models.DateField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role_id} {self.post_id or ''}"


class Told(models.Model):
    """What headquarters last told a post (empty: every post) about a person posted there.

    ``digest`` is of what was said; ``over_at``: when the post was told to forget them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told")
    post = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "post"], name="told_once_per_post")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.post or 'every post'}"


class Machine(models.Model):
    """A machine that calls the API: a gate, a kiosk, another ministry's system."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="machines")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="machines")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="machines")
    token_hash = models.CharField(max_length=64, unique=True)
    until = models.DateField()
    revoked = models.BooleanField(default=False)
    enrolled_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SignIn(models.Model):
    """One line about a session: signed in, failed, unlocked, signed out. ``id`` is the entry's."""

    id = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=16, db_index=True)
    person = models.UUIDField(null=True, db_index=True)
    session = models.UUIDField(null=True)
    address = models.CharField(max_length=45, blank=True)
    failure = models.CharField(max_length=16, blank=True)
    ending = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at} {self.what}"
