from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_mail")]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="mail_open"),
        migrations.RemoveIndex(model_name="message", name="mail_not_accepted"),
        migrations.RemoveIndex(model_name="message", name="mail_waiting"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "due_at"], name="mail_delivery_by_state"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["delivery", "state", "at"], name="mail_by_state", condition=~Q(state="ACCEPTED")
            ),
        ),
    ]
